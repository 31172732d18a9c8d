package io.github.kratosadmin.health;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.health.KratosHealthIndicator.StartedCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link CompositeHealthContributor} with one component for each of several clients.
 * Spring Boot asks one component after the other for its health. The first one starts the
 * checks of all, so that they take together no longer than the longest of their timeouts.
 */
public final class KratosCompositeHealthContributor implements CompositeHealthContributor, DisposableBean {

	private final Map<String, KratosHealthIndicator> indicators;

	/**
	 * Creates a contributor.
	 * @param indicators the indicators of the clients, by the name of their component.
	 * They are destroyed with this contributor.
	 */
	public KratosCompositeHealthContributor(Map<String, KratosHealthIndicator> indicators) {
		this.indicators = new LinkedHashMap<>(indicators);
	}

	@Override
	public @Nullable HealthIndicator getContributor(String name) {
		return this.indicators.get(name);
	}

	@Override
	public Stream<Entry> stream() {
		CommonCheck check = new CommonCheck(this.indicators.values());
		return this.indicators.entrySet()
			.stream()
			.map((entry) -> new Entry(entry.getKey(), new Component(entry.getValue(), check)));
	}

	@Override
	public void destroy() {
		this.indicators.values().forEach(KratosHealthIndicator::destroy);
	}

	private record Component(KratosHealthIndicator indicator, CommonCheck check) implements HealthIndicator {

		@Override
		public Health health() {
			return this.indicator.complete(this.check.start(this.indicator));
		}

	}

	/**
	 * The checks of all clients at the same time. Each result is used once: whoever keeps
	 * a component gets a new one.
	 */
	private static final class CommonCheck {

		private final Collection<KratosHealthIndicator> indicators;

		private @Nullable Map<KratosHealthIndicator, StartedCheck> started;

		CommonCheck(Collection<KratosHealthIndicator> indicators) {
			this.indicators = indicators;
		}

		synchronized StartedCheck start(KratosHealthIndicator indicator) {
			Map<KratosHealthIndicator, StartedCheck> started = this.started;
			if (started == null) {
				started = new IdentityHashMap<>();
				for (KratosHealthIndicator each : this.indicators) {
					started.put(each, each.start());
				}
				this.started = started;
			}
			StartedCheck check = started.remove(indicator);
			return (check != null) ? check : indicator.start();
		}

	}

}
