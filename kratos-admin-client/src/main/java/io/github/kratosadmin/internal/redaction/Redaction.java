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
import java.util.stream.Stream;

import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a call has sent and must not show. Servers, and what stands before them, show
 * again what they were sent, in any encoding and anywhere. So each text that comes from
 * outside is searched for the values that the call knows, before it gets into an
 * exception:
 * <ul>
 * <li>Secrets (tokens, headers, credentials) are replaced in every text. Those of less
 * than {@value #SECRET_WORD_LENGTH} characters are replaced as words of their own only, a
 * single character is not, and of longer ones each part of {@value #SECRET_PART_LENGTH}
 * characters is too.</li>
 * <li>Personal values (other values of the body, path and query) of at least
 * {@value ValueMatcher#MIN_LENGTH} characters are replaced in messages, which go to logs;
 * those of less than {@value #PERSONAL_WORD_LENGTH} as words of their own only, or they
 * would be found in the client's own words.</li>
 * </ul>
 * The call is that of the current thread, so that an exception need not be handed it: one
 * that is made elsewhere would otherwise be forgotten. While a call succeeds it only
 * notes where its values are.
 */
public final class Redaction {

	private static final String REPLACEMENT = "***";

	private static final String ELLIPSIS = "...";

	private static final int SECRET_PART_LENGTH = 8;

	private static final int SECRET_WORD_LENGTH = 4;

	private static final int PERSONAL_PART_LENGTH = 16;

	private static final int PERSONAL_WORD_LENGTH = 8;

	/** What is read beyond the end of a text that is cut off: a value may go on there. */
	private static final int LOOK_AHEAD = 4096;

	/** More than any text of Kratos has: each is looked at in some 40 ways. */
	private static final int MAX_TEXT = 128 * 1024;

	private static final ThreadLocal<@Nullable Redaction> CURRENT = new ThreadLocal<>();

	private final List<Consumer<SensitiveValues>> sources = new ArrayList<>();

	private @Nullable ValueMatcher secrets;

	private @Nullable ValueMatcher personal;

	private Redaction() {
	}

	/**
	 * Makes a call, or does a part of one.
	 * @param values tells what is sent, if something fails
	 * @param action what to do
	 * @return the result of the call
	 * @throws Throwable what the call throws
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
	 * Does something with the result of a call that is over.
	 * @param body the body of the call
	 * @param action what to do
	 */
	public static void ofBody(Object body, Runnable action) {
		boolean outermost = begin((values) -> values.addBody(body));
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
	 * Adds secrets to those of the call that is under way.
	 * @param secrets the secrets
	 */
	public static void addSecrets(Collection<String> secrets) {
		Redaction current = CURRENT.get();
		if (current != null) {
			current.add((values) -> secrets.forEach(values::addSecret));
		}
	}

	private void add(Consumer<SensitiveValues> source) {
		this.sources.add(source);
		this.secrets = null;
		this.personal = null;
	}

	/**
	 * A text without secrets.
	 * @param text the text
	 * @return the text with the secrets replaced, cut off if it is very long
	 */
	public static String withoutSecrets(String text) {
		Redaction current = CURRENT.get();
		return (current != null) ? current.replace(text, MAX_TEXT, false) : text;
	}

	/**
	 * A JSON tree without secrets.
	 * @param tree the tree
	 * @return the tree itself if there are none in it; its texts are cut off where they
	 * are very long together
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
	 * A message without secrets and without personal values.
	 * @param text the message
	 * @param maxLength how long it may be
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
	 * A cause as it may be kept.
	 * @param cause the cause
	 * @return the cause itself if it shows nothing of the call, otherwise an exception in
	 * its place with its name, its stack trace and what is left of its message
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

	private String replace(String text, int maxLength, boolean personalToo) {
		if (text.length() > maxLength) {
			String start = text.substring(0, Math.min(text.length(), maxLength + LOOK_AHEAD));
			return replace(start.substring(0, maxLength), find(start, personalToo)) + ELLIPSIS;
		}
		return replace(text, find(text, personalToo));
	}

	private BitSet find(String text, boolean personalToo) {
		ValueMatcher secrets = this.secrets;
		if (secrets == null) {
			secrets = secrets();
			this.secrets = secrets;
		}
		ValueMatcher personal = this.personal;
		if (personal == null && personalToo) {
			personal = new ValueMatcher(values().personal(), PERSONAL_PART_LENGTH, PERSONAL_WORD_LENGTH, false);
			this.personal = personal;
		}
		BitSet found = new BitSet(text.length());
		for (DecodedText decoded : DecodedText.allOf(text)) {
			secrets.mark(decoded, found);
			if (personalToo && personal != null) {
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
			// As headers are read.
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
	 * A text as bodies have it. What is in Base64 is not decoded, and so is looked for as
	 * it was before.
	 */
	private static String json(String text) {
		String json = KratosJson.mapper().writeValueAsString(text);
		return json.substring(1, json.length() - 1);
	}

	/**
	 * The same as servers in Go write it.
	 */
	private static String goJson(String json) {
		return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
	}

	/**
	 * Adds what all Base64 has in common that the bytes are in: it depends on how many
	 * are before them, as are those of a name before a password.
	 */
	private static void addBase64(byte[] bytes, List<String> forms) {
		for (int before = 0; before < 3; before++) {
			byte[] all = new byte[before + bytes.length];
			System.arraycopy(bytes, 0, all, before, bytes.length);
			String base64 = Base64.getEncoder().encodeToString(all);
			// Without the characters that depend on other bytes too.
			String common = base64.substring((before * 8 + 5) / 6, all.length * 8 / 6);
			forms.add(common);
			forms.add(common.replace('+', '-').replace('/', '_'));
		}
	}

	/**
	 * Makes a call, or a part of one.
	 */
	@FunctionalInterface
	public interface Action {

		/**
		 * Runs this action.
		 * @return the result, if there is one
		 * @throws Throwable if it fails
		 */
		@Nullable Object run() throws Throwable;

	}

}
