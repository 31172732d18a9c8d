package io.github.kratosadmin.test.contract;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The suite on a server that is given by its addresses.
 */
@EnabledIfSystemProperty(named = "contract.admin-url", matches = ".+",
		disabledReason = "no server is given by -Dcontract.admin-url and -Dcontract.public-url")
class GivenServerContractIT extends LaterContractSuite {

	@Override
	ContractTarget connect() {
		String publicUrl = System.getProperty("contract.public-url");
		if (publicUrl == null || publicUrl.isBlank()) {
			throw new IllegalArgumentException(
					"With -Dcontract.admin-url goes -Dcontract.public-url: people register " + "and start flows there");
		}
		return new ServerTarget(System.getProperty("contract.admin-url"), publicUrl, () -> {
		});
	}

}
