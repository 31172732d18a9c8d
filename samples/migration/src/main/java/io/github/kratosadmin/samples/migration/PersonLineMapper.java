package io.github.kratosadmin.samples.migration;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.batch.IdentityRow;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.file.LineMapper;
import org.springframework.batch.infrastructure.item.file.transform.DelimitedLineTokenizer;
import org.springframework.batch.infrastructure.item.file.transform.FieldSet;
import org.springframework.batch.infrastructure.item.file.transform.FlatFileFormatException;
import org.springframework.util.StringUtils;

/**
 * Maps a line of a CSV file to an identity. The number of a row is that of its line, and
 * so the same after a restart. A malformed line is a row with a problem: an exception
 * would end the import, and Spring Batch would show the line in the log and store it in
 * the job repository.
 */
class PersonLineMapper implements LineMapper<IdentityRow> {

	static final String HEADER = "email,first_name,last_name,external_id,password_hash";

	private final DelimitedLineTokenizer tokenizer = new DelimitedLineTokenizer();

	PersonLineMapper() {
		this.tokenizer.setNames(HEADER.split(","));
	}

	/**
	 * Checks the first line of the file, which may begin with a byte order mark.
	 */
	static void checkHeader(String line) {
		if (!line.equals(HEADER) && !line.equals("\uFEFF" + HEADER)) {
			throw new ItemStreamException("The first line of the file must be: " + HEADER);
		}
	}

	@Override
	public IdentityRow mapLine(String line, int lineNumber) {
		if (line.indexOf('\uFFFD') >= 0) {
			return IdentityRow.unreadable(lineNumber, "The line is not in UTF-8");
		}
		try {
			return IdentityRow.of(lineNumber, identity(this.tokenizer.tokenize(line)));
		}
		catch (FlatFileFormatException ex) {
			// The message could show the line.
			return IdentityRow.unreadable(lineNumber, "The line must have the fields " + HEADER);
		}
	}

	private static CreateIdentity identity(FieldSet fields) {
		Map<String, Object> traits = new LinkedHashMap<>();
		traits.put("email", fields.readString("email"));
		traits.put("name", Map.of("first", fields.readString("first_name"), "last", fields.readString("last_name")));
		return CreateIdentity.builder()
			.traits(traits)
			.externalId(textOrNull(fields, "external_id"))
			.credentials(credentials(textOrNull(fields, "password_hash")))
			.build();
	}

	private static @Nullable ImportCredentials credentials(@Nullable String passwordHash) {
		return (passwordHash != null) ? ImportCredentials.builder().hashedPassword(passwordHash).build() : null;
	}

	private static @Nullable String textOrNull(FieldSet fields, String name) {
		String text = fields.readString(name);
		return StringUtils.hasText(text) ? text : null;
	}

}
