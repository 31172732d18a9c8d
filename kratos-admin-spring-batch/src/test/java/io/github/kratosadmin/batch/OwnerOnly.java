package io.github.kratosadmin.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Checks that only the owner may read and write a file.
 */
final class OwnerOnly {

	private OwnerOnly() {
	}

	/**
	 * Checks the permissions. Skips the test if the file system, such as that of Windows,
	 * has others than POSIX: there, the documentation points to those of the folder.
	 */
	static void check(Path file) throws IOException {
		assumeThat(file.getFileSystem().supportedFileAttributeViews()).as("the file system has POSIX permissions")
			.contains("posix");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

}
