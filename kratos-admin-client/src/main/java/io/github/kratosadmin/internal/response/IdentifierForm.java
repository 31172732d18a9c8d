package io.github.kratosadmin.internal.response;

/**
 * The part of a trait that is the same in every form in which Kratos writes it.
 */
public final class IdentifierForm {

	private IdentifierForm() {
	}

	/**
	 * Returns the letters and digits of a trait. After 26.2, Kratos writes a phone number
	 * in the international form: only its last digits are the same.
	 */
	public static String of(String trait) {
		return ResultCheck.essenceOfTrait(trait);
	}

}
