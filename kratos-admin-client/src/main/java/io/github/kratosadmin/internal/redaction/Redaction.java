package io.github.kratosadmin.internal.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces the sensitive values of a call in texts. Servers and proxies may return values
 * of a request anywhere in a response, in any encoding. Each text from outside is
 * therefore searched for these values before it gets into an exception:
 * <ul>
 * <li>Secrets (tokens, headers, credentials) are replaced in every text. Secrets of less
 * than {@value #SECRET_WORD_LENGTH} characters are only replaced as whole words, and
 * single characters not at all. Of longer secrets, each part of
 * {@value #SECRET_PART_LENGTH} characters is replaced too.</li>
 * <li>Personal values (other values of the body, path and query) of at least
 * {@value ValueMatcher#MIN_LENGTH} characters are replaced in messages, which are logged.
 * Values of less than {@value #PERSONAL_WORD_LENGTH} characters are only replaced as
 * whole words, so that words of the client stay as they are.</li>
 * </ul>
 * The values belong to the current thread, so that every exception is redacted, wherever
 * it is created. The values are only collected if a call fails.
 */
public final class Redaction {

	private static final String REPLACEMENT = "***";

	private static final String ELLIPSIS = "...";

	private static final int SECRET_PART_LENGTH = 8;

	private static final int SECRET_WORD_LENGTH = 4;

	private static final int PERSONAL_PART_LENGTH = 16;

	private static final int PERSONAL_WORD_LENGTH = 8;

	/** How far to search beyond the cut of a text: a value may continue there. */
	private static final int LOOK_AHEAD = 4096;

	/** Longer than any text of Kratos. Each text is searched in about 40 decodings. */
	private static final int MAX_TEXT = 128 * 1024;

	private static final ThreadLocal<@Nullable Redaction> CURRENT = new ThreadLocal<>();

	private final List<Consumer<SensitiveValues>> sources = new ArrayList<>();

	private @Nullable ValueMatcher secrets;

	private @Nullable ValueMatcher personal;

	private Redaction() {
	}

	/**
	 * Makes a call, or a part of one.
	 * @param values adds the values of the call to search for, only used if it fails
	 * @param action the call, or the part
	 * @return the result
	 * @throws Throwable if the call fails
	 */
	public static @Nullable Object during(Consumer<SensitiveValues> values, Action action) throws Throwable {
		boolean outermost = begin(values);
		try {
			return action.run();
		}
		finally {
			if (outermost) {
				CURRENT.remove();
			}
		}
	}

	/**
	 * Processes the result of a completed call.
	 * @param body supplies the body of the call, only used if a text is redacted
	 * @param action the processing
	 */
	public static void ofBody(Supplier<?> body, Runnable action) {
		boolean outermost = begin((values) -> values.addBody(body.get()));
		try {
			action.run();
		}
		finally {
			if (outermost) {
				CURRENT.remove();
			}
		}
	}

	private static boolean begin(Consumer<SensitiveValues> values) {
		Redaction current = CURRENT.get();
		if (current != null) {
			current.add(values);
			return false;
		}
		Redaction redaction = new Redaction();
		redaction.add(values);
		CURRENT.set(redaction);
		return true;
	}

	/**
	 * Adds secrets to those of the current call.
	 * @param secrets the secrets
	 */
	public static void addSecrets(Collection<String> secrets) {
		Redaction current = CURRENT.get();
		if (current != null) {
			current.add((values) -> secrets.forEach(values::addSecret));
		}
	}

	/**
	 * Adds personal values to those of the current call.
	 * @param personal the values
	 */
	public static void addPersonal(Collection<String> personal) {
		Redaction current = CURRENT.get();
		if (current != null) {
			current.add((values) -> personal.forEach(values::addPersonal));
		}
	}

	private void add(Consumer<SensitiveValues> source) {
		this.sources.add(source);
		this.secrets = null;
		this.personal = null;
	}

	/**
	 * Replaces the secrets in a text.
	 * @param text the text
	 * @return the text without secrets, cut off if it is very long
	 */
	public static String withoutSecrets(String text) {
		Redaction current = CURRENT.get();
		return (current != null) ? current.replace(text, MAX_TEXT, false) : text;
	}

	/**
	 * Replaces the secrets in a JSON tree.
	 * @param tree the tree
	 * @return the same tree if it has no secrets; the texts are cut off if they are very
	 * long in total
	 */
	public static JsonNode withoutSecrets(JsonNode tree) {
		Redaction current = CURRENT.get();
		return (current != null) ? current.withoutSecrets(tree, new AtomicInteger(MAX_TEXT)) : tree;
	}

	private JsonNode withoutSecrets(JsonNode tree, AtomicInteger left) {
		if (tree.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			tree.propertyStream()
				.forEach((field) -> object.set(withoutSecrets(field.getKey(), left),
						withoutSecrets(field.getValue(), left)));
			return object.equals(tree) ? tree : object;
		}
		if (tree.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode();
			tree.forEach((element) -> array.add(withoutSecrets(element, left)));
			return array.equals(tree) ? tree : array;
		}
		String text = tree.asString("");
		String redacted = withoutSecrets(text, left);
		return redacted.equals(text) ? tree : JsonNodeFactory.instance.stringNode(redacted);
	}

	private String withoutSecrets(String text, AtomicInteger left) {
		int maxLength = Math.max(left.getAndAdd(-text.length()), 0);
		return (maxLength > 0 || text.isEmpty()) ? replace(text, maxLength, false) : ELLIPSIS;
	}

	/**
	 * Replaces the secrets and the personal values in a message.
	 * @param text the message
	 * @param maxLength the maximum length of the message
	 * @return the message, cut off if it is longer
	 */
	public static String message(String text, int maxLength) {
		Redaction current = CURRENT.get();
		if (current != null) {
			return current.replace(text, maxLength, true);
		}
		return (text.length() > maxLength) ? text.substring(0, maxLength) + ELLIPSIS : text;
	}

	/**
	 * Replaces a cause that shows values of the call.
	 * @param cause the cause
	 * @return the same cause if it shows no such value, otherwise an exception with its
	 * name, its stack trace and its redacted message
	 */
	public static @Nullable Throwable cause(@Nullable Throwable cause) {
		Redaction current = CURRENT.get();
		if (cause == null || current == null
				|| current.isClean(cause, Collections.newSetFromMap(new IdentityHashMap<>()))) {
			return cause;
		}
		return RedactedException.of(cause, (text) -> message(text, LOOK_AHEAD));
	}

	private boolean isClean(Throwable ex, Set<Throwable> seen) {
		if (!seen.add(ex)) {
			return true;
		}
		String shown = ex + "\n" + ex.getMessage();
		Throwable cause = ex.getCause();
		return shown.length() <= LOOK_AHEAD && replace(shown, LOOK_AHEAD, true).equals(shown)
				&& (cause == null || isClean(cause, seen))
				&& Arrays.stream(ex.getSuppressed()).allMatch((suppressed) -> isClean(suppressed, seen));
	}

	private String replace(String text, int maxLength, boolean withPersonal) {
		if (text.length() > maxLength) {
			String start = text.substring(0, Math.min(text.length(), maxLength + LOOK_AHEAD));
			return replace(start.substring(0, maxLength), find(start, withPersonal)) + ELLIPSIS;
		}
		return replace(text, find(text, withPersonal));
	}

	private BitSet find(String text, boolean withPersonal) {
		ValueMatcher secrets = this.secrets;
		if (secrets == null) {
			secrets = secrets();
			this.secrets = secrets;
		}
		ValueMatcher personal = this.personal;
		if (personal == null && withPersonal) {
			personal = new ValueMatcher(values().personal(), PERSONAL_PART_LENGTH, PERSONAL_WORD_LENGTH, false);
			this.personal = personal;
		}
		BitSet found = new BitSet(text.length());
		for (DecodedText decoded : DecodedText.allOf(text)) {
			secrets.mark(decoded, found);
			if (withPersonal && personal != null) {
				personal.mark(decoded, found);
			}
		}
		return found;
	}

	private static String replace(String text, BitSet found) {
		StringBuilder replaced = new StringBuilder(text.length());
		int at = 0;
		while (at < text.length()) {
			int start = found.nextSetBit(at);
			int clean = (start == -1) ? text.length() : Math.min(start, text.length());
			replaced.append(text, at, clean);
			if (clean < text.length()) {
				replaced.append(REPLACEMENT);
				clean = found.nextClearBit(clean);
			}
			at = clean;
		}
		return replaced.toString();
	}

	private SensitiveValues values() {
		SensitiveValues values = new SensitiveValues();
		List.copyOf(this.sources).forEach((source) -> source.accept(values));
		return values;
	}

	private ValueMatcher secrets() {
		List<String> forms = new ArrayList<>();
		for (String secret : values().secrets()) {
			byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
			forms.add(secret);
			// Headers are read in this charset.
			forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
			if (secret.length() >= ValueMatcher.MIN_LENGTH) {
				String json = json(secret);
				Stream.of(secret, json, goJson(json))
					.distinct()
					.forEach((form) -> addBase64(form.getBytes(StandardCharsets.UTF_8), forms));
			}
		}
		return new ValueMatcher(forms, SECRET_PART_LENGTH, SECRET_WORD_LENGTH, true);
	}

	/**
	 * Returns a text as it is written in a body. Base64 is not decoded, so the encoded
	 * body is searched for this form.
	 */
	private static String json(String text) {
		String json = KratosJson.mapper().writeValueAsString(text);
		return json.substring(1, json.length() - 1);
	}

	/**
	 * Returns JSON as servers in Go write it.
	 */
	private static String goJson(String json) {
		return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
	}

	/**
	 * Adds the characters that encode nothing but these bytes in Base64. They depend on
	 * the number of bytes before them, such as those of a user name before a password.
	 */
	private static void addBase64(byte[] bytes, List<String> forms) {
		for (int before = 0; before < 3; before++) {
			byte[] all = new byte[before + bytes.length];
			System.arraycopy(bytes, 0, all, before, bytes.length);
			String base64 = Base64.getEncoder().encodeToString(all);
			// Leave out the characters that also encode other bytes.
			String common = base64.substring((before * 8 + 5) / 6, all.length * 8 / 6);
			forms.add(common);
			forms.add(common.replace('+', '-').replace('/', '_'));
		}
	}

	/**
	 * A call, or a part of one.
	 */
	@FunctionalInterface
	public interface Action {

		/**
		 * Runs this action.
		 * @return the result, or {@code null} if there is none
		 * @throws Throwable if it fails
		 */
		@Nullable Object run() throws Throwable;

	}

}
