package com.example.artifacts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The content of a jar.
 *
 * @param entries the files by name
 */
record Archive(Map<String, byte[]> entries) {

	static Archive read(Path file) {
		Map<String, byte[]> entries = new TreeMap<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (ZipEntry entry : zip.stream().filter((entry) -> !entry.isDirectory()).toList()) {
				entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return new Archive(entries);
	}

	String text(String name) {
		byte[] content = Objects.requireNonNull(this.entries.get(name), () -> "There is no " + name);
		return new String(content, StandardCharsets.UTF_8);
	}

	Attributes manifest() throws IOException {
		return new Manifest(new ByteArrayInputStream(this.entries.get("META-INF/MANIFEST.MF"))).getMainAttributes();
	}

	/**
	 * Returns the names of the entries with the given end, without it and without nested
	 * classes.
	 */
	Set<String> types(String end) {
		return this.entries.keySet()
			.stream()
			.filter((name) -> name.endsWith(end) && !name.contains("$"))
			.map((name) -> name.substring(0, name.length() - end.length()))
			.collect(Collectors.toSet());
	}

}
