package io.github.kratosadmin.autoconfigure.info;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.info.KratosInfoContributor;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosInfoContributor}.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnEnabledInfoContributor(value = "kratos", fallback = InfoContributorFallback.DISABLE)
@ConditionalOnBean(KratosAdminClients.class)
public final class KratosInfoContributorAutoConfiguration {

	KratosInfoContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KratosInfoContributor kratosInfoContributor(KratosAdminClients clients) {
		Map<String, KratosAdmin> all = clients.getAllClients();
		return (all.size() == 1) ? new KratosInfoContributor(all.values().iterator().next())
				: new KratosInfoContributor(all);
	}

}
