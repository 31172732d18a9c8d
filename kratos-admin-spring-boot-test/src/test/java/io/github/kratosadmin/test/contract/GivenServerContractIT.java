package io.github.kratosadmin.test.contract;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The suite on a server that is given by its addresses.
 */
@EnabledIfSystemProperty(named = "contract.admin-url", matches = ".+",
		disabledReason = "no server is given by -Dcontract.admin-url and -Dcontract.public-url")
class GivenServerContractIT extends ContractSuite {

	@Override
	ContractTarget connect() {
		return new ServerTarget(System.getProperty("contract.admin-url"), System.getProperty("contract.public-url"),
				() -> {
				});
	}

}
