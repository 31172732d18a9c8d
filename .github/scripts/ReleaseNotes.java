import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prints the notes of a release: the section of its version in the changelog. Fails if the
 * version has no section, or if the section is empty or still marked as unreleased.
 * <p>
 * A line of a paragraph is joined with the one before, as GitHub keeps line breaks in the
 * notes of a release. Relative links get a prefix.
 * <p>
 * Arguments: the changelog, the version, and the URL of the files at the tag.
 */
class ReleaseNotes {

	public static void main(String[] args) throws IOException {
		try {
			System.out.println(notes(Files.readAllLines(Path.of(args[0])), args[1], args[2]));
		}
		catch (IllegalStateException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	private static String notes(List<String> changelog, String version, String url) {
		List<String> notes = new ArrayList<>();
		boolean found = false;
		for (String line : changelog) {
			if (line.startsWith("## ")) {
				if (found) {
					break;
				}
				found = line.matches("## " + Pattern.quote(version) + "( .*)?");
				if (found && line.contains("unreleased")) {
					throw new IllegalStateException("The changelog says that " + version + " is unreleased.");
				}
			}
			else if (found) {
				add(line, notes);
			}
		}
		String text = String.join("\n", notes).strip();
		if (text.isEmpty()) {
			throw new IllegalStateException("The changelog says nothing about " + version + ".");
		}
		return text.replaceAll("]\\((?!https?:)", "](" + url);
	}

	private static void add(String line, List<String> notes) {
		String before = notes.isEmpty() ? "" : notes.get(notes.size() - 1);
		boolean starts = line.isBlank() || line.matches("\\s*(#|[-*] |\\|).*");
		if (starts || before.isBlank() || before.startsWith("#")) {
			notes.add(line);
		}
		else {
			notes.set(notes.size() - 1, before + " " + line.strip());
		}
	}

}
