package io.github.kratosadmin.identity;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.version.SinceKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that all members for the same operation or field have the same version.
 */
class SinceKratosTests {

	@Test
	void overloadsHaveTheSameVersion() {
		Map<String, Set<Set<SinceKratos>>> versions = Arrays.stream(IdentityApi.class.getMethods())
			.collect(Collectors.groupingBy(Method::getName,
					Collectors.mapping(SinceKratosTests::versions, Collectors.toSet())));
		assertThat(versions).isNotEmpty().allSatisfy((name, each) -> assertThat(each).as(name).hasSize(1));
	}

	@ParameterizedTest
	@ValueSource(classes = { CreateIdentity.class, UpdateIdentity.class, ListIdentities.class })
	void aMethodOfABuilderHasTheVersionOfItsField(Class<? extends Record> type) throws Exception {
		Class<?> builder = Class.forName(type.getName() + "$Builder");
		for (RecordComponent component : type.getRecordComponents()) {
			Set<Set<SinceKratos>> versions = Stream.of(builder.getMethods())
				.filter((method) -> Modifier.isPublic(method.getModifiers()))
				.filter((method) -> Set.of(method.getName(), method.getName() + "es").contains(component.getName()))
				.map(SinceKratosTests::versions)
				.collect(Collectors.toSet());
			Set<SinceKratos> expected = new HashSet<>(Arrays.asList(component.getAnnotationsByType(SinceKratos.class)));
			assertThat(versions).as(component.toString()).containsExactly(expected);
		}
	}

	private static Set<SinceKratos> versions(Method method) {
		return new HashSet<>(Arrays.asList(method.getAnnotationsByType(SinceKratos.class)));
	}

}
