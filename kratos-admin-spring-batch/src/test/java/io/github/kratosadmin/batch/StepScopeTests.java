package io.github.kratosadmin.batch;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.target.EmptyTargetSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@code @StepScope} bean is a proxy: a subclass whose methods call those of the real
 * object. A final method would use the fields of the proxy, which are empty.
 */
class StepScopeTests {

	static List<Class<?>> beans() {
		return ArchitectureTests.CLASSES.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> Stream.of("ItemReader", "ItemWriter", "Partitioner")
				.anyMatch(type.getSimpleName()::endsWith))
			.<Class<?>>map(JavaClass::reflect)
			.toList();
	}

	@Test
	void thereAreReadersWritersAndAPartitioner() {
		assertThat(beans()).contains(KratosIdentityItemReader.class, KratosIdentityImportItemWriter.class,
				KratosIdentityRangePartitioner.class);
	}

	@ParameterizedTest
	@MethodSource("beans")
	void aProxyOfEachReaderAndWriterCanBeMade(Class<?> type) {
		ProxyFactory factory = new ProxyFactory();
		factory.setProxyTargetClass(true);
		factory.setTargetSource(EmptyTargetSource.forClass(type));
		Object proxy = factory.getProxy(type.getClassLoader());
		assertThat(proxy).isInstanceOf(type);
		assertThat(AopUtils.isCglibProxy(proxy)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("beans")
	void noPublicMethodIsFinal(Class<?> type) {
		assertThat(type.getMethods()).filteredOn((method) -> method.getDeclaringClass() != Object.class)
			.filteredOn((method) -> !Modifier.isStatic(method.getModifiers()))
			.isNotEmpty()
			.noneMatch((method) -> Modifier.isFinal(method.getModifiers()));
	}

}
