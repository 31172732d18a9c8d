package io.github.kratosadmin.test.contract;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the suite on a running server.
 */
@EnabledIfSystemProperty(named = "contract.admin-url", matches = ".+",
		disabledReason = "no server is given by -Dcontract.admin-url and -Dcontract.public-url")
class GivenServerContractIT extends NextContractSuite {

	@Override
	ContractTarget connect() {
		String publicUrl = System.getProperty("contract.public-url");
		if (publicUrl == null || publicUrl.isBlank()) {
			throw new IllegalArgumentException(
					"-Dcontract.admin-url requires -Dcontract.public-url, the URL for registrations and flows");
		}
		return new ServerTarget(System.getProperty("contract.admin-url"), publicUrl, () -> {
		});
	}

}
