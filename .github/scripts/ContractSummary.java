import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Prints the results of the contract suite as Markdown: a table, and the failed tests.
 * <p>
 * Argument: a folder with a folder for each run. It has a file {@code contract.txt} with
 * the version of Kratos and the database, and the report of Failsafe if there is one.
 */
class ContractSummary {

	public static void main(String[] args) throws Exception {
		List<String> failures = new ArrayList<>();
		System.out.println("| Kratos | database | result | tests | failed | skipped | seconds |");
		System.out.println("|---|---|---|---|---|---|---|");
		for (Path run : list(Path.of(args[0]))) {
			List<String> name = Files.readAllLines(run.resolve("contract.txt"));
			System.out.println("| " + String.join(" | ", name) + " | " + result(run, name, failures) + " |");
		}
		failures.forEach(System.out::println);
	}

	private static String result(Path run, List<String> name, List<String> failures) throws Exception {
		Optional<Path> report = report(run);
		if (report.isEmpty()) {
			return "did not run | | | |";
		}
		Element suite = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(report.get().toFile())
			.getDocumentElement();
		int tests = number(suite, "tests");
		int failed = number(suite, "failures") + number(suite, "errors");
		int skipped = number(suite, "skipped");
		if (failed > 0) {
			failures.add("\n**" + String.join(", ", name) + "**\n");
			failures.addAll(failedTests(suite));
		}
		String result = (failed > 0) ? "failed" : (tests > skipped) ? "passed" : "did not run";
		return String.join(" | ", result, String.valueOf(tests), String.valueOf(failed), String.valueOf(skipped),
				suite.getAttribute("time"));
	}

	private static List<String> failedTests(Element suite) {
		List<String> failed = new ArrayList<>();
		NodeList tests = suite.getElementsByTagName("testcase");
		for (int i = 0; i < tests.getLength(); i++) {
			Element test = (Element) tests.item(i);
			for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
				if (child.getNodeName().equals("failure") || child.getNodeName().equals("error")) {
					failed.add("- `" + test.getAttribute("name") + "`");
				}
			}
		}
		return failed;
	}

	private static int number(Element suite, String attribute) {
		return Integer.parseInt(suite.getAttribute(attribute));
	}

	private static Optional<Path> report(Path run) throws IOException {
		try (Stream<Path> files = Files.walk(run)) {
			return files.filter((file) -> file.getFileName().toString().matches("TEST-.*\\.xml")).findFirst();
		}
	}

	private static List<Path> list(Path folder) throws IOException {
		try (Stream<Path> runs = Files.list(folder)) {
			return runs.sorted(Comparator.comparing(ContractSummary::sortKey)).toList();
		}
	}

	/** Puts version 0.6 before 0.11. */
	private static String sortKey(Path run) {
		return Pattern.compile("\\d+")
			.matcher(run.getFileName().toString())
			.replaceAll((number) -> String.format("%9s", number.group()));
	}

}
