package io.github.kratosadmin.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts the {@link WebApplication} several times with each of several class paths, and
 * prints the medians as a Markdown table. Each class path is that of this program without
 * some entries.
 */
final class StartUp {

	/**
	 * The dependencies that the starter adds to a web application, without this project.
	 */
	private static final Predicate<String> OPEN_FEIGN = files(
			"spring-cloud-openfeign-core-|feign-|commons-(text|lang3|fileupload|io)-|http(client|core)5-");

	/** The dependencies that only {@code spring-cloud-starter-openfeign} adds. */
	private static final Predicate<String> SPRING_CLOUD = files(
			"spring-cloud-(starter|commons|context)|spring-security-crypto|bcprov|feign-slf4j");

	private static final Predicate<String> THIS = files("kratos-admin-(client|spring)|itu-");

	private final String name;

	private final String classPath;

	private final List<long[]> figures = new ArrayList<>();

	private StartUp(String name, Predicate<String> leftOut) {
		this.name = name;
		this.classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !leftOut.test(entry))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** Matches jars and module directories by a pattern of their names. */
	private static Predicate<String> files(String names) {
		return Pattern.compile("[/\\\\](" + names + ")").asPredicate();
	}

	/**
	 * Runs the measurement.
	 * @param args the number of starts with each class path
	 * @throws IOException if a start fails
	 */
	public static void main(String[] args) throws IOException {
		int starts = (args.length > 0) ? Integer.parseInt(args[0]) : 10;
		List<StartUp> cases = List.of(new StartUp("a bare web application", THIS.or(OPEN_FEIGN).or(SPRING_CLOUD)),
				new StartUp("with spring-cloud-starter-openfeign", THIS),
				new StartUp("with that and this starter", (file) -> false),
				new StartUp("bare with this starter alone", SPRING_CLOUD));
		for (int i = 0; i <= starts; i++) {
			for (StartUp each : cases) {
				long[] figures = each.start();
				// The first start is slower, as the files are not cached yet.
				if (i > 0) {
					each.figures.add(figures);
				}
			}
		}
		System.out.println("\n| class path | jars | until ready | CPU time |\n|---|---:|---:|---:|");
		for (StartUp each : cases) {
			System.out.printf(Locale.ROOT, "| %s | %d | %,d ms | %,d ms |%n", each.name,
					each.classPath.split(File.pathSeparator).length, each.median(0), each.median(1));
		}
		System.out.println("\nDifference of the third case to the second: " + cases.get(2).longerThan(cases.get(1))
				+ " (quartiles), of the fourth to the first: " + cases.get(3).longerThan(cases.get(0)));
	}

	/**
	 * Returns the quartiles of the difference between a start and that of another case in
	 * the same turn.
	 */
	private String longerThan(StartUp other) {
		long[] millis = IntStream.range(0, this.figures.size())
			.mapToLong((turn) -> this.figures.get(turn)[0] - other.figures.get(turn)[0])
			.sorted()
			.toArray();
		return "%d, %d, %d ms".formatted(millis[millis.length / 4], millis[millis.length / 2],
				millis[3 * millis.length / 4]);
	}

	private long[] start() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-classpath", this.classPath, WebApplication.class.getName(), "--server.port=0")
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String[] figures = output.lines()
			.filter((line) -> line.startsWith(WebApplication.UP))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The application did not start: " + output))
			.substring(WebApplication.UP.length())
			.split(" ");
		return new long[] { Long.parseLong(figures[0]), Long.parseLong(figures[1]) };
	}

	private long median(int figure) {
		List<long[]> sorted = this.figures.stream()
			.sorted(Comparator.comparingLong((figures) -> figures[figure]))
			.toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle)[figure]
				: (sorted.get(middle - 1)[figure] + sorted.get(middle)[figure]) / 2;
	}

}
