package io.github.kratosadmin.test.contract;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the suite on a {@code kratos} program, which it starts.
 */
@EnabledIfSystemProperty(named = "contract.binary", matches = ".+",
		disabledReason = "no kratos program is given by -Dcontract.binary")
class BinaryContractIT extends NextContractSuite {

	@Override
	ContractTarget connect() throws Exception {
		KratosProcess process = KratosProcess.start(System.getProperty("contract.binary"));
		return new ServerTarget(process.adminUrl(), process.publicUrl(), process::close);
	}

}
