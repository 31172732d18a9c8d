package io.github.kratosadmin.internal.response;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.internal.feign.SchemaOperations;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemasTests {

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.0")
		.otherwise((request) -> StubResponse.json("{}"));

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	@ParameterizedTest
	@CsvSource({ "1,false", "2,false", "3,false", "4,false", "5,false", "7,false", "250,false", "1,true", "2,true",
			"3,true", "5,true", "250,true" })
	void eachSchemaIsListedOnceAndPagesHaveAtMostTheRequestedSize(int size, boolean right) {
		List<String> all = IntStream.range(0, 5).mapToObj((i) -> "schema" + i).toList();
		this.server.otherwise((request) -> {
			int page = Integer.parseInt(parameter(request, "page", "0"));
			int perPage = Integer.parseInt(parameter(request, "per_page", "250"));
			// Like Kratos from 0.8 to 26.2, or as it should be.
			long limit = right ? perPage : (page + 1L) * perPage;
			return StubResponse
				.json(all.stream()
					.skip((long) page * perPage)
					.limit(limit)
					.map((id) -> "{\"id\":\"" + id + "\"}")
					.toList()
					.toString())
				.header("Link", "<x>")
				.header("X-Total-Count", "5");
		});
		ListIdentitySchemas query = ListIdentitySchemas.builder().pageSize(size).build();
		try (Stream<IdentitySchemaContainer> schemas = this.admin.schemas().streamIdentitySchemas(query)) {
			assertThat(schemas).extracting(IdentitySchemaContainer::id).containsExactlyElementsOf(all);
		}
		assertThat(((SchemaOperations) this.admin.schemas()).listIdentitySchemas(size, 1).items())
			.hasSizeLessThanOrEqualTo(size);
	}

	private static String parameter(Request request, String name, String fallback) {
		return request.query()
			.stream()
			.filter((parameter) -> parameter.startsWith(name + "="))
			.map((parameter) -> parameter.substring(name.length() + 1))
			.findFirst()
			.orElse(fallback);
	}

	@ParameterizedTest
	@CsvSource({ "v0.9.0-alpha.3,preset://email,cHJlc2V0Oi8vZW1haWw", "v26.2.0,preset://email,cHJlc2V0Oi8vZW1haWw",
			"master,preset://email,cHJlc2V0Oi8vZW1haWw", "v26.2.0,a/b,YS9i", "v26.2.0,urn:x,dXJuOng",
			"v26.2.0,ü 1,w7wgMQ", "v26.2.0,a%2Fb,YSUyRmI", "v0.8.2-alpha.1,preset://email,preset%3A%2F%2Femail" })
	void anIdWithSpecialCharactersIsEncoded(String version, String id, String sent) {
		this.server.version(version);
		this.admin.schemas().getSchema(id);
		assertThat(this.server.request()).hasToString("GET /schemas/" + sent);
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "identity.schema.json", "cHJlc2V0Oi8vZW1haWw", "a~b_c-d" })
	void anyOtherIdIsSentUnchanged(String id) {
		this.admin.schemas().getSchema(id);
		assertThat(this.server.request()).hasToString("GET /schemas/" + id);
	}

	@Test
	void schemasInBase64AreDecoded() {
		this.server.respond(StubResponse.json("[{\"id\":\"x\",\"schema\":\"eyJ0aXRsZSI6IlBlcnNvbiJ9\"}]"));
		assertThat(((SchemaOperations) this.admin.schemas()).listIdentitySchemas(250, null).items()).singleElement()
			.satisfies((schema) -> assertThat(schema.schema().path("title").asString()).isEqualTo("Person"));
	}

}
