package io.github.kratosadmin.identity;

/**
 * How far an import is.
 *
 * @param created how many identities were created
 * @param failed how many were not
 * @param unknown of how many it is not known
 */
public record ImportProgress(long created, long failed, long unknown) {

	ImportProgress plus(ImportResult result) {
		return switch (result.outcome()) {
			case CREATED -> new ImportProgress(this.created + 1, this.failed, this.unknown);
			case FAILED -> new ImportProgress(this.created, this.failed + 1, this.unknown);
			case UNKNOWN -> new ImportProgress(this.created, this.failed, this.unknown + 1);
		};
	}

}
