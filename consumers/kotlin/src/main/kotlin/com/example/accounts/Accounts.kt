package com.example.accounts

import io.github.kratosadmin.KratosAdmin
import io.github.kratosadmin.identity.CreateIdentity
import io.github.kratosadmin.identity.Identity
import io.github.kratosadmin.identity.ImportCredentials
import org.springframework.stereotype.Service
import tools.jackson.databind.json.JsonMapper

/**
 * Reads and writes traits with the application's mapper, which knows Kotlin.
 */
@Service
class Accounts(private val kratos: KratosAdmin, private val mapper: JsonMapper) {

	fun register(traits: Traits, password: String): Account {
		val credentials = ImportCredentials.builder().password(password).build()
		val identity = CreateIdentity.builder().traits(traits, mapper).credentials(credentials).build()
		return account(kratos.identities().createIdentity(identity))
	}

	fun find(email: String): Account? =
		kratos.identities().findByCredentialsIdentifier(email).map(::account).orElse(null)

	fun list(): List<Account> = kratos.identities().streamIdentities().use { identities ->
		identities.map(::account).toList()
	}

	private fun account(identity: Identity) = Account(identity.id, identity.traitsAs(Traits::class.java, mapper))

}
