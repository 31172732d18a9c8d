package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.Map;

import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.FlowType;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Forms}.
 */
class FormsTests {

	@Test
	void aBrowsersVerificationHasItsTokenLastSince1() {
		Forms forms = new Forms(KratosEra.V1_0,
				new SchemaStore(Map.of(SchemaStore.DEFAULT_ID, SchemaStore.personSchema()), KratosEra.V1_0));
		assertThat(forms.create(FlowKind.VERIFICATION, FlowType.BROWSER)).extracting(UiNode::name)
			.containsExactly("email", "method", "csrf_token");
	}

}
