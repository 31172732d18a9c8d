package io.github.kratosadmin.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts the {@link WebApplication} with and without the starter in turn, and prints the
 * differences as a Markdown table. The class path without the starter is that of this
 * program without some entries.
 */
final class StartUp {

	private static final List<String> FIGURES = List.of("until ready, ms", "CPU time, ms", "loaded classes");

	/** The modules of this project and their own dependency. */
	private static final Predicate<String> STARTER = files("kratos-admin-(client|httpclient|spring)|itu-");

	/**
	 * The other dependencies that the starter adds to a web application.
	 */
	private static final Predicate<String> OPEN_FEIGN = files(
			"spring-cloud-openfeign-core-|feign-|commons-(text|lang3|fileupload|io)-");

	/** The dependencies that only {@code spring-cloud-starter-openfeign} adds. */
	private static final Predicate<String> SPRING_CLOUD = files(
			"spring-cloud-(starter|commons|context)|spring-security-crypto|bcprov|feign-slf4j");

	private final String name;

	private final String classPath;

	private final List<long[]> starts = new ArrayList<>();

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
	 * @param args the number of pairs, and {@code bare} to compare with an application
	 * without Spring Cloud OpenFeign
	 * @throws IOException if a start fails
	 */
	public static void main(String[] args) throws IOException {
		int pairs = Integer.parseInt(args[0]);
		boolean bare = args[1].equals("bare");
		StartUp without = bare ? new StartUp("a bare web application", STARTER.or(OPEN_FEIGN).or(SPRING_CLOUD))
				: new StartUp("with spring-cloud-starter-openfeign", STARTER);
		StartUp with = new StartUp("and with this starter", bare ? SPRING_CLOUD : (file) -> false);
		// The first starts are slower, as the files are not cached yet.
		without.start();
		with.start();
		for (int pair = 0; pair < pairs; pair++) {
			// The machine may become slower or faster during a pair.
			StartUp first = (pair % 2 == 0) ? without : with;
			first.starts.add(first.start());
			StartUp second = (first == with) ? without : with;
			second.starts.add(second.start());
		}
		System.out.printf("%n| %d pairs | %s | %s | difference, mean (95 %% interval) |%n|---|---:|---:|---:|%n", pairs,
				without.name, with.name);
		for (int figure = 0; figure < FIGURES.size(); figure++) {
			System.out.printf(Locale.ROOT, "| %s | %,d | %,d | %s |%n", FIGURES.get(figure), without.median(figure),
					with.median(figure), difference(figure, without, with));
		}
	}

	private static String difference(int figure, StartUp without, StartUp with) {
		double[] differences = new double[with.starts.size()];
		for (int pair = 0; pair < differences.length; pair++) {
			differences[pair] = with.starts.get(pair)[figure] - without.starts.get(pair)[figure];
		}
		double mean = Arrays.stream(differences).average().orElseThrow();
		double squares = Arrays.stream(differences).map((difference) -> Math.pow(difference - mean, 2)).sum();
		double error = Math.sqrt(squares / (differences.length - 1) / differences.length);
		return String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", mean, mean - 1.96 * error, mean + 1.96 * error);
	}

	private long[] start() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-classpath", this.classPath, WebApplication.class.getName(), "--server.port=0")
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return output.lines()
			.filter((line) -> line.startsWith(WebApplication.UP))
			.findFirst()
			.map((line) -> line.substring(WebApplication.UP.length()).split(" "))
			.map((figures) -> Arrays.stream(figures).mapToLong(Long::parseLong).toArray())
			.orElseThrow(() -> new IllegalStateException("The application did not start: " + output));
	}

	private long median(int figure) {
		long[] sorted = this.starts.stream().mapToLong((figures) -> figures[figure]).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
