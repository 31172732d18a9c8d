package com.example.accounts

import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/**
 * Compiles calls of the client. Kotlin must refuse each call that does not respect what the client declares
 * about null, and accept its correct twin.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NullSafetyTests {

	private lateinit var errorsOfWrongCalls: List<List<String>>

	private lateinit var errorsOfRightCalls: List<List<String>>

	fun calls() = listOf(
		Call("UNSAFE_CALL",
			wrong = "identity.externalId.length",
			right = "identity.externalId?.length"),
		Call("UNSAFE_CALL",
			wrong = "page.nextPageToken.length",
			right = "page.nextPageToken?.length"),
		Call("UNSAFE_CALL",
			wrong = "exception.error.reason.length",
			right = "exception.error.reason?.length"),
		Call("INITIALIZER_TYPE_MISMATCH",
			wrong = "val state: IdentityState = identity.state",
			right = "val state: IdentityState? = identity.state"),
		Call("INITIALIZER_TYPE_MISMATCH",
			wrong = "val plan: String = identity.metadataAdminAs(String::class.java)",
			right = "val plan: String? = identity.metadataAdminAs(String::class.java)"),
		Call("NULL_FOR_NONNULL_TYPE",
			wrong = "kratos.identities().getIdentity(null)",
			right = "kratos.identities().getIdentity(identity.id)"),
		Call("NULL_FOR_NONNULL_TYPE",
			wrong = "kratos.identities().getIdentity(null, null)",
			right = "kratos.identities().getIdentity(identity.id, null)"),
		Call("NULL_FOR_NONNULL_TYPE",
			wrong = "KratosAdmin.builder().baseUrl(null)",
			right = "KratosAdmin.builder().publicUrl(null)"),
		Call("NULL_FOR_NONNULL_TYPE",
			wrong = "CreateIdentity.builder().traits(null)",
			right = "CreateIdentity.builder().schemaId(null)"),
		Call("ARGUMENT_TYPE_MISMATCH",
			wrong = "kratos.identities().findByExternalId(identity.externalId)",
			right = "identity.externalId?.let { kratos.identities().findByExternalId(it) }"),
		Call("ARGUMENT_TYPE_MISMATCH",
			wrong = "ListIdentities.builder().ids(listOf<String?>(null))",
			right = "ListIdentities.builder().ids(listOf<String>(identity.id))"),
		Call("NULL_FOR_NONNULL_TYPE",
			wrong = "BearerTokenProvider { null }",
			right = "BearerTokenProvider { identity.id }"),
	)

	@BeforeAll
	fun compile(@TempDir folder: Path) {
		errorsOfWrongCalls = compile(folder.resolve("wrong"), calls().map(Call::wrong))
		errorsOfRightCalls = compile(folder.resolve("right"), calls().map(Call::right))
	}

	@ParameterizedTest
	@MethodSource("calls")
	fun `refuses the wrong call and accepts the right one`(call: Call) {
		val index = calls().indexOf(call)
		assertThat(errorsOfWrongCalls[index]).containsExactly(call.error)
		assertThat(errorsOfRightCalls[index]).isEmpty()
	}

	/**
	 * Compiles all calls at once, each in its own file, and returns the errors of each.
	 */
	private fun compile(folder: Path, calls: List<String>): List<List<String>> {
		folder.createDirectories()
		calls.forEachIndexed { index, call ->
			folder.resolve("Call$index.kt").writeText("""
				import io.github.kratosadmin.KratosAdmin
				import io.github.kratosadmin.connection.BearerTokenProvider
				import io.github.kratosadmin.error.KratosException
				import io.github.kratosadmin.identity.*
				import io.github.kratosadmin.paging.Page

				fun call$index(kratos: KratosAdmin, identity: Identity, page: Page<Identity>, exception: KratosException) {
					$call
				}""".trimIndent())
		}
		val output = ByteArrayOutputStream()
		val exit = K2JVMCompiler().exec(PrintStream(output), "-classpath", System.getProperty("java.class.path"),
			"-no-stdlib", "-no-reflect", "-Xrender-internal-diagnostic-names", "-d", "$folder/classes", "$folder")
		val errors = Regex("""Call(\d+)\.kt:.* error: \[(\w+)]""").findAll(output.toString())
			.groupBy({ it.groupValues[1].toInt() }, { it.groupValues[2] })
		assertThat(exit.code == 0).`as`(output.toString()).isEqualTo(errors.isEmpty())
		return calls.indices.map { errors[it].orEmpty() }
	}

	data class Call(val error: String, val wrong: String, val right: String) {

		override fun toString() = wrong

	}

}
