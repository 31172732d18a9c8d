package com.example.secured;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

@SpringBootTest(properties = "kratos.admin.health.timeout=1m")
@AutoConfigureMockMvc
@AutoConfigureEmbeddedKratos
class SecuredTests {

	@Autowired
	private MockMvcTester http;

	@Autowired
	private KratosAdmin client;

	@Autowired
	private EmbeddedKratos kratos;

	private String id;

	@BeforeEach
	void createAnIdentity() {
		this.id = this.client.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "alice@example.test")).build())
			.id();
	}

	@Test
	void browsersAreSentToTheLoginPage() {
		assertThat(this.http.get().uri("/admin/accounts").accept(MediaType.TEXT_HTML)).hasStatus(HttpStatus.FOUND)
			.redirectedUrl()
			.endsWith("/login");
	}

	@Test
	void otherClientsAreAskedForHttpBasic() {
		assertThat(this.http.get().uri("/admin/accounts").accept(MediaType.APPLICATION_JSON))
			.hasStatus(HttpStatus.UNAUTHORIZED)
			.headers()
			.hasHeaderSatisfying(HttpHeaders.WWW_AUTHENTICATE,
					(values) -> assertThat(values).singleElement().asString().startsWith("Basic "));
	}

	@Test
	void listsAccountsForAdmins() {
		assertThat(this.http.get().uri("/admin/accounts").with(httpBasic("admin", "admin-password"))).hasStatusOk()
			.bodyJson()
			.isEqualTo("[\"" + this.id + "\"]");
	}

	@Test
	void refusesOthersBeforeKratosIsCalled() {
		int before = this.kratos.requests().size();
		assertThat(this.http.get().uri("/admin/accounts").with(httpBasic("user", "user-password")))
			.hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.kratos.requests()).hasSize(before);
	}

	@Test
	void changesNeedATokenAgainstCsrf() {
		String uri = "/admin/accounts/" + this.id + "/offboard";
		assertThat(this.http.post().uri(uri).with(httpBasic("admin", "admin-password")))
			.hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.client.identities().getIdentity(this.id).state()).isEqualTo(IdentityState.ACTIVE);
		assertThat(this.http.post().uri(uri).with(httpBasic("admin", "admin-password")).with(csrf()))
			.hasStatus(HttpStatus.NO_CONTENT);
		assertThat(this.client.identities().getIdentity(this.id).state()).isEqualTo(IdentityState.INACTIVE);
	}

	@Test
	void healthShowsKratosToAnyone() {
		assertThat(this.http.get().uri("/actuator/health")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.components.kratos.status")
			.isEqualTo("UP");
	}

}
