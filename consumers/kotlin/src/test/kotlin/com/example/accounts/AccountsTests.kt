package com.example.accounts

import io.github.kratosadmin.KratosAdmin
import io.github.kratosadmin.error.KratosConflictException
import io.github.kratosadmin.identity.CreateIdentity
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos
import io.github.kratosadmin.test.fixture.IdentityBuilder
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import tools.jackson.databind.json.JsonMapper

private const val PASSWORD = "correct horse battery staple"

@SpringBootTest
@AutoConfigureEmbeddedKratos
class AccountsTests(@Autowired val accounts: Accounts, @Autowired val kratos: KratosAdmin) {

	@Test
	fun `finds and lists registered accounts`() {
		val alice = accounts.register(Traits("alice@example.test", Name("Alice", "Adams")), PASSWORD)
		val bob = accounts.register(Traits("bob@example.test"), PASSWORD)
		assertThat(accounts.find("alice@example.test")).isEqualTo(alice)
		assertThat(accounts.find("carol@example.test")).isNull()
		assertThat(accounts.list()).containsExactlyInAnyOrder(alice, bob)
	}

	@Test
	fun `uses the defaults of the data class for traits that are missing`() {
		kratos.identities().createIdentity(
			CreateIdentity.builder()
				.traits(mapOf("email" to "alice@example.test", "name" to mapOf("last" to "Adams")))
				.build())
		kratos.identities().createIdentity(
			CreateIdentity.builder().traits(mapOf("email" to "bob@example.test")).build())
		assertThat(accounts.list().map { it.traits }).containsExactlyInAnyOrder(
			Traits("alice@example.test", Name("friend", "Adams")),
			Traits("bob@example.test", Name("friend")))
	}

	@Test
	fun `refuses traits without a value that the data class requires`(@Autowired mapper: JsonMapper) {
		val identity = IdentityBuilder.identity().traits(mapOf("name" to mapOf("first" to "Alice"))).build()
		assertThatExceptionOfType(IllegalArgumentException::class.java)
			.isThrownBy { identity.traitsAs(Traits::class.java, mapper) }
			.withMessageContaining("email")
	}

	@Test
	fun `passes on exceptions of the client`() {
		accounts.register(Traits("alice@example.test"), PASSWORD)
		assertThatExceptionOfType(KratosConflictException::class.java)
			.isThrownBy { accounts.register(Traits("alice@example.test"), PASSWORD) }
	}

}
