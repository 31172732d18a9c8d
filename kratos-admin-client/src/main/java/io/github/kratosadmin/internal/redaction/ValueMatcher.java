package io.github.kratosadmin.internal.redaction;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds known values and parts of them in texts, in linear time. Of a long value, each
 * part of a certain length is searched for, so that a value that is cut off is found too.
 * Values are compared by 64-bit hashes: a false match is very rare, and only replaces a
 * few letters of a message.
 */
final class ValueMatcher {

	/** The minimum length of a part to search for where a value may be cut off. */
	static final int MIN_LENGTH = 4;

	/** Shorter values are neither secret nor personal. */
	private static final int MIN_WORD_LENGTH = 2;

	private static final int MAX_LENGTH = 4096;

	private static final long BASE = 0x9E3779B97F4A7C15L;

	private final int partLength;

	private final int wordLength;

	private final boolean cutOff;

	private final Hashes parts;

	/** The lengths of the values and parts to search for, as bits. */
	private int lengths;

	private final Hashes beginnings;

	private final Hashes ends;

	/**
	 * Creates a matcher.
	 * @param values the known values
	 * @param partLength the length of the parts of a value to search for
	 * @param wordLength the minimum length of a value to search for within words
	 * @param cutOff whether to search for shorter parts where a value may be cut off: for
	 * its beginning at the end of the text and before an ellipsis, and for its end at the
	 * beginning of the text and after an ellipsis
	 */
	ValueMatcher(Collection<String> values, int partLength, int wordLength, boolean cutOff) {
		this.partLength = partLength;
		this.wordLength = wordLength;
		this.cutOff = cutOff;
		List<String> folded = values.stream()
			.flatMap(ValueMatcher::ends)
			.map((value) -> DecodedText.fold(value).strip())
			.filter((value) -> value.length() >= MIN_WORD_LENGTH)
			.distinct()
			.toList();
		int cuts = cutOff ? (partLength - MIN_LENGTH) * folded.size() : 0;
		this.parts = new Hashes(
				folded.stream().mapToInt((value) -> Math.max(1, value.length() - partLength + 1)).sum());
		this.beginnings = new Hashes(cuts);
		this.ends = new Hashes(cuts);
		folded.forEach(this::add);
	}

	/**
	 * Returns the beginning and the end of a very long value, such as a picture. The
	 * hashes of all its parts would take many times its memory.
	 */
	private static Stream<String> ends(String value) {
		return (value.length() <= 2 * MAX_LENGTH) ? Stream.of(value)
				: Stream.of(value.substring(0, MAX_LENGTH), value.substring(value.length() - MAX_LENGTH));
	}

	private void add(String value) {
		Prefixes prefixes = new Prefixes(value);
		int length = Math.min(value.length(), this.partLength);
		this.lengths |= 1 << length;
		for (int i = 0; i <= value.length() - length; i++) {
			this.parts.add(prefixes.hash(i, length));
		}
		for (int cut = MIN_LENGTH; this.cutOff && cut < length; cut++) {
			this.beginnings.add(prefixes.hash(0, cut));
			this.ends.add(prefixes.hash(value.length() - cut, cut));
		}
	}

	/**
	 * Marks the values in a text.
	 * @param decoded a decoding of the text
	 * @param found the positions in the original text to mark
	 */
	void mark(DecodedText decoded, BitSet found) {
		DecodedText folded = decoded.fold();
		String text = folded.text();
		Prefixes prefixes = new Prefixes(text);
		for (int length = 1; length <= this.partLength; length++) {
			if ((this.lengths & 1 << length) != 0) {
				for (int i = 0; i <= text.length() - length; i++) {
					if (this.parts.contains(prefixes.hash(i, length))
							&& (length >= this.wordLength || isWordStart(text, i) && isWordEnd(text, i + length))) {
						found.set(folded.place(i), folded.place(i + length));
					}
				}
			}
		}
		if (this.cutOff) {
			markCutOff(folded, prefixes, found);
		}
	}

	private void markCutOff(DecodedText folded, Prefixes prefixes, BitSet found) {
		String text = folded.text();
		int first = 0;
		int last = text.length();
		while (first < last && !Character.isLetterOrDigit(text.charAt(first))) {
			first++;
		}
		while (last > first && !Character.isLetterOrDigit(text.charAt(last - 1))) {
			last--;
		}
		for (int i = 0; i <= text.length(); i++) {
			if (i <= first || isEllipsisBefore(text, i)) {
				for (int length = MIN_LENGTH; length < this.partLength && i + length <= text.length(); length++) {
					if (this.ends.contains(prefixes.hash(i, length))) {
						found.set(folded.place(i), folded.place(i + length));
					}
				}
			}
			if (i >= last || isEllipsis(text, i)) {
				for (int length = MIN_LENGTH; length < this.partLength && length <= i; length++) {
					if (this.beginnings.contains(prefixes.hash(i - length, length))) {
						found.set(folded.place(i - length), folded.place(i));
					}
				}
			}
		}
	}

	private static boolean isEllipsisBefore(String text, int end) {
		return text.charAt(end - 1) == '\u2026' || text.charAt(end - 1) == '.' && text.startsWith("...", end - 3);
	}

	private static boolean isEllipsis(String text, int start) {
		return text.charAt(start) == '\u2026' || text.charAt(start) == '.' && text.startsWith("...", start);
	}

	private static boolean isWordStart(String text, int start) {
		return start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1));
	}

	private static boolean isWordEnd(String text, int end) {
		return end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
	}

	/**
	 * The hashes of all parts of a text. Each is computed in constant time from the
	 * hashes of the text before its beginning and before its end.
	 */
	private static final class Prefixes {

		private static final long[] POWERS = new long[Integer.SIZE];

		static {
			POWERS[0] = 1;
			for (int i = 1; i < POWERS.length; i++) {
				POWERS[i] = POWERS[i - 1] * BASE;
			}
		}

		private final long[] hashes;

		Prefixes(String text) {
			this.hashes = new long[text.length() + 1];
			for (int i = 0; i < text.length(); i++) {
				this.hashes[i + 1] = this.hashes[i] * BASE + text.charAt(i) + 1;
			}
		}

		long hash(int start, int length) {
			return this.hashes[start + length] - this.hashes[start] * POWERS[length];
		}

	}

	/**
	 * A set of hashes without an object for each: a batch of identities has many.
	 */
	private static final class Hashes {

		private final long[] table;

		Hashes(int size) {
			this.table = new long[Math.max(2, Integer.highestOneBit(size) << 2)];
		}

		void add(long hash) {
			this.table[place(hash)] = hash;
		}

		boolean contains(long hash) {
			return this.table[place(hash)] == hash;
		}

		/**
		 * Returns the place of a hash. No text has the hash 0, which is an empty place.
		 */
		private int place(long hash) {
			int place = (int) (hash >>> 32 ^ hash) & this.table.length - 1;
			while (this.table[place] != 0 && this.table[place] != hash) {
				place = place + 1 & this.table.length - 1;
			}
			return place;
		}

	}

}
