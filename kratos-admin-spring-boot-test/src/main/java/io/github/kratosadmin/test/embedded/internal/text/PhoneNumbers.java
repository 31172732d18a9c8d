package io.github.kratosadmin.test.embedded.internal.text;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/**
 * Phone numbers with a country code.
 */
public final class PhoneNumbers {

	private PhoneNumbers() {
	}

	public static boolean isValid(String text) {
		try {
			format(text);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Formats a number by E.164.
	 * @throws IllegalArgumentException with Kratos's message if it is not valid
	 */
	public static String format(String text) {
		PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
		try {
			PhoneNumber number = numbers.parse(text, null);
			if (!numbers.isValidNumber(number)) {
				throw new IllegalArgumentException("the provided number is not a valid phone number");
			}
			return numbers.format(number, PhoneNumberFormat.E164);
		}
		catch (NumberParseException ex) {
			throw new IllegalArgumentException("the phone number supplied is not a number", ex);
		}
	}

}
