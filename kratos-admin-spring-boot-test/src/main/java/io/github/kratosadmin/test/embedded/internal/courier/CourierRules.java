package io.github.kratosadmin.test.embedded.internal.courier;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in messages and their lists.
 */
final class CourierRules {

	private CourierRules() {
	}

	static boolean listsMessages(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean hasCourierChannels(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean namesCodesInSubjects(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean encryptsTokensOfMessages(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static int maxPageSizeOfMessages(KratosEra era) {
		return era.isAtLeast(KratosEra.V26) ? 500 : Integer.MAX_VALUE;
	}

}
