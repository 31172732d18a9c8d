package io.github.kratosadmin.internal.operation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * Compares ids as Kratos does: a UUID may be written in upper case, without dashes, in
 * braces or as a URN.
 */
public final class Uuids {

	private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{32}");

	private static final Pattern DASHED = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private static final String URN = "urn:uuid:";

	private Uuids() {
	}

	/**
	 * The form in which Kratos writes a UUID.
	 * @param id an id in any form
	 * @return the UUID in lower case with dashes, or the unchanged id if it is not a UUID
	 */
	public static String canonical(String id) {
		String bare = id;
		if (id.startsWith(URN)) {
			bare = id.substring(URN.length());
		}
		else if (id.startsWith("{") && id.endsWith("}")) {
			bare = id.substring(1, id.length() - 1);
		}
		if (DASHED.matcher(bare).matches()) {
			return bare.toLowerCase(Locale.ROOT);
		}
		if (!DIGITS.matcher(bare).matches()) {
			return id;
		}
		String digits = bare.toLowerCase(Locale.ROOT);
		return digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + digits.substring(12, 16) + "-"
				+ digits.substring(16, 20) + "-" + digits.substring(20);
	}

	/**
	 * Whether two ids are the same UUID or text.
	 */
	public static boolean areSame(String id, String other) {
		return id.equals(other) || canonical(id).equals(canonical(other));
	}

	/**
	 * Checks that ids are UUIDs, in any form. An id that is not one may be an address, so
	 * the message does not show it.
	 * @return the ids, each once
	 * @throws IllegalArgumentException if one is missing or not a UUID
	 */
	public static List<String> distinct(Collection<String> ids) {
		Map<String, String> distinct = new LinkedHashMap<>();
		int number = 0;
		for (String id : KratosJson.required(ids, "the list of ids")) {
			number++;
			if (id == null || !isUuid(id)) {
				throw new IllegalArgumentException("id " + number + " of " + ids.size() + " is not a UUID");
			}
			distinct.putIfAbsent(canonical(id), id);
		}
		return List.copyOf(distinct.values());
	}

	/**
	 * Whether an id is a UUID, in any form.
	 */
	public static boolean isUuid(String id) {
		return DASHED.matcher(canonical(id)).matches();
	}

}
