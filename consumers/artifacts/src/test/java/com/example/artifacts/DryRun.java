package com.example.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that a dry run of the release has put into a folder.
 *
 * @param folder the folder
 */
record DryRun(Path folder) {

	/** The root of the repository of this project. */
	static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	static final String VERSION = find(read(ROOT.resolve("pom.xml")), "<version>(.*?)</version>").get(0);

	/** The modules with a jar, and the name that each has on the module path. */
	static final Map<String, String> JARS = Map.of("kratos-admin-httpclient",
			"io.github.kratosadmin.internal.httpclient", "kratos-admin-client", "io.github.kratosadmin.client",
			"kratos-admin-spring-boot-autoconfigure", "io.github.kratosadmin.autoconfigure",
			"kratos-admin-spring-boot-starter", "io.github.kratosadmin.starter", "kratos-admin-spring-boot-test",
			"io.github.kratosadmin.test", "kratos-admin-spring-batch", "io.github.kratosadmin.batch");

	static DryRun get() {
		return new DryRun(Path.of(System.getProperty("dry-run.directory")));
	}

	/**
	 * Returns the published files by name, without checksums and lists of versions. The
	 * time in the name of a snapshot is left out.
	 */
	Map<String, Path> files() {
		Map<String, Path> files = new TreeMap<>();
		for (Path file : walk(this.folder)) {
			String name = file.getFileName().toString().replaceFirst("-\\d{8}\\.\\d{6}-\\d+", "-SNAPSHOT");
			if (!name.matches("maven-metadata.*|.*\\.(md5|sha1|sha256|sha512)") && files.put(name, file) != null) {
				throw new IllegalStateException(this.folder + " has " + name + " of more than one dry run");
			}
		}
		return files;
	}

	Archive jar(String module) {
		return archive(module + "-" + VERSION + ".jar");
	}

	Archive sources(String module) {
		return archive(module + "-" + VERSION + "-sources.jar");
	}

	Archive javadoc(String module) {
		return archive(module + "-" + VERSION + "-javadoc.jar");
	}

	Pom pom(String module) {
		return Pom.read(files().get(module + "-" + VERSION + ".pom"));
	}

	private Archive archive(String name) {
		return Archive.read(files().get(name));
	}

	static List<Path> walk(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<String> find(String text, String regex) {
		Matcher matcher = Pattern.compile(regex).matcher(text);
		return matcher.results().map((result) -> result.group(1)).toList();
	}

}
