package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.Map;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FormFactory}.
 */
class FormFactoryTests {

	@Test
	void verificationFormForBrowserEndsWithCsrfTokenSinceV1_0() {
		FormFactory forms = new FormFactory(KratosEra.V1_0,
				new SchemaStore(Map.of(SchemaStore.DEFAULT_ID, SchemaStore.personSchema()), KratosEra.V1_0));
		assertThat(forms.create(FlowKind.VERIFICATION, FlowClient.BROWSER)).extracting(FormNode::name)
			.containsExactly("email", "method", "csrf_token");
	}

}
