package io.github.kratosadmin.test.embedded.internal.courier;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a server. They are never sent.
 */
public final class Courier {

	private final KratosEra era;

	private final Urls urls;

	private final Supplier<String> ids;

	private final Clock clock;

	private final Map<String, QueuedMessage> messages = new LinkedHashMap<>();

	public Courier(KratosEra era, Urls urls, Supplier<String> ids, Clock clock) {
		this.era = era;
		this.urls = urls;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Adds the message for the verification of an address. Its link has no effect.
	 */
	public void addVerification(String email) {
		String code = Tokens.code();
		String link = this.urls.submit(FlowKind.VERIFICATION, code, this.ids.get());
		add(email, "verification_code_valid", MessageText.verification(code, link, this.era));
	}

	/**
	 * Adds the message for the recovery of an account.
	 */
	public void addRecovery(String email) {
		add(email, "recovery_code_valid", MessageText.recovery(Tokens.code(), this.era));
	}

	/**
	 * Adds a message.
	 * @return its id
	 */
	public synchronized String add(String recipient, String template, MessageText text) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		QueuedMessage message = new QueuedMessage(this.ids.get(), recipient, template, text, now);
		this.messages.put(message.id(), message);
		return message.id();
	}

	synchronized @Nullable QueuedMessage find(String id) {
		return this.messages.get(id);
	}

	synchronized List<QueuedMessage> list() {
		return List.copyOf(this.messages.values());
	}

	/**
	 * Takes a snapshot of the messages.
	 * @return an action that restores it
	 */
	public synchronized Runnable snapshot() {
		Map<String, QueuedMessage> messages = new LinkedHashMap<>(this.messages);
		return () -> restore(messages);
	}

	private synchronized void restore(Map<String, QueuedMessage> messages) {
		this.messages.clear();
		this.messages.putAll(messages);
	}

}
