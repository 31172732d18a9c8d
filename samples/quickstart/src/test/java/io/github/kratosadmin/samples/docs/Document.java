package io.github.kratosadmin.samples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Markdown document of this repository.
 *
 * @param path the path, relative to the root of the repository
 * @param text the content
 */
record Document(String path, String text) {

	static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	private static final Path CONTRACT_SUITE = Path.of("contract", "LaterContractSuite.java");

	private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *```(\\w+)\n(.*?)^ *```$");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	static Document of(String path) {
		return new Document(path, read(ROOT.resolve(path)));
	}

	/**
	 * Returns all documents in the root, in docs and in consumers.
	 */
	static List<Document> all() {
		return Stream.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("consumers"))
			.flatMap((folder) -> list(folder).stream())
			.filter((file) -> file.toString().endsWith(".md"))
			.sorted()
			.map((file) -> Document.of(ROOT.relativize(file).toString().replace('\\', '/')))
			.toList();
	}

	Path folder() {
		return ROOT.resolve(this.path).getParent();
	}

	List<Snippet> snippets(String language) {
		return SNIPPET.matcher(this.text)
			.results()
			.filter((snippet) -> snippet.group(1).equals(language))
			.map((snippet) -> new Snippet(this, snippet.group(2), this.text.substring(snippet.end())))
			.toList();
	}

	String withoutSnippets() {
		return SNIPPET.matcher(this.text).replaceAll("");
	}

	List<String> links() {
		return find(withoutSnippets(), LINK);
	}

	/**
	 * Returns the anchors that GitHub gives the headings.
	 */
	List<String> anchors() {
		Map<String, Integer> seen = new HashMap<>();
		List<String> anchors = new ArrayList<>();
		for (String heading : find(withoutSnippets(), Pattern.compile("(?m)^#+ (.*)$"))) {
			String anchor = heading.toLowerCase().replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
			int before = seen.merge(anchor, 1, Integer::sum) - 1;
			anchors.add((before > 0) ? anchor + "-" + before : anchor);
		}
		return anchors;
	}

	/**
	 * Returns the cells of each row of the table with the given header.
	 */
	List<List<String>> table(String header) {
		List<List<String>> rows = new ArrayList<>();
		boolean inTable = false;
		for (String line : this.text.lines().toList()) {
			if (line.equals(header)) {
				inTable = true;
			}
			else if (inTable && !line.startsWith("|")) {
				return rows;
			}
			else if (inTable && !line.startsWith("|---")) {
				String row = line.substring(1, line.length() - 1);
				rows.add(Stream.of(row.split("\\|")).map(String::strip).toList());
			}
		}
		throw new IllegalStateException(this.path + " has no table " + header);
	}

	static List<String> find(String text, Pattern pattern) {
		return pattern.matcher(text).results().map((result) -> result.group(1)).toList();
	}

	/**
	 * Returns the texts in code font.
	 */
	static List<String> code(String text) {
		return find(text, Pattern.compile("`([^`]+)`"));
	}

	/**
	 * Returns the files of the repository with the given end of the path, without build
	 * output.
	 */
	static List<Path> files(String end) {
		List<Path> found = new ArrayList<>();
		find(ROOT, end, found);
		return found;
	}

	private static void find(Path folder, String end, List<Path> found) {
		for (Path file : list(folder)) {
			String name = file.getFileName().toString();
			if (Files.isDirectory(file) && !name.equals("target") && !name.startsWith(".")) {
				find(file, end, found);
			}
			else if (file.toString().endsWith(end)) {
				found.add(file);
			}
		}
	}

	/**
	 * Returns the normalized sources of snippets: the samples and the contract suite.
	 */
	static List<String> samples() {
		return files(".java").stream()
			.filter((file) -> file.startsWith(ROOT.resolve("samples")) || file.endsWith(CONTRACT_SUITE))
			.map((file) -> normalize(read(file)))
			.toList();
	}

	static String normalize(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Path> list(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.path;
	}

	/**
	 * A snippet of a document.
	 *
	 * @param document the document
	 * @param code the snippet
	 * @param rest the text after the snippet
	 */
	record Snippet(Document document, String code, String rest) {

		String normalized() {
			return normalize(this.code);
		}

		@Override
		public String toString() {
			return this.document + ": " + this.code.lines().findFirst().orElse("");
		}

	}

}
