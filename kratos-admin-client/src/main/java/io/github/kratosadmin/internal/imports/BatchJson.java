package io.github.kratosadmin.internal.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts the JSON of a batch together from that of its rows.
 */
final class BatchJson {

	private static final byte[] START = ascii("{\"identities\":[");

	private static final byte[] BEFORE_ROW = ascii("{\"create\":");

	private static final byte[] BEFORE_PATCH_ID = ascii(",\"patch_id\":\"");

	private static final byte[] AFTER_ROW = ascii("\"},");

	private static final byte[] END = ascii("]}");

	private BatchJson() {
	}

	/**
	 * Returns the length of a batch without rows.
	 */
	static int length() {
		return START.length + END.length;
	}

	/**
	 * Returns the length that a row adds to a batch, including a comma.
	 */
	static int length(ImportRow row) {
		return BEFORE_ROW.length + row.json().length + BEFORE_PATCH_ID.length + row.patchId().length()
				+ AFTER_ROW.length;
	}

	/**
	 * Returns the JSON of a batch with one row or more.
	 */
	static byte[] of(List<ImportRow> rows) {
		// There is no comma after the last row.
		byte[] json = new byte[length() + rows.stream().mapToInt(BatchJson::length).sum() - 1];
		int end = append(START, json, 0);
		for (ImportRow row : rows) {
			end = append(BEFORE_ROW, json, end);
			end = append(row.json(), json, end);
			end = append(BEFORE_PATCH_ID, json, end);
			end = append(ascii(row.patchId()), json, end);
			end = append(AFTER_ROW, json, end);
		}
		append(END, json, end - 1);
		return json;
	}

	private static int append(byte[] bytes, byte[] to, int at) {
		System.arraycopy(bytes, 0, to, at, bytes.length);
		return at + bytes.length;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
