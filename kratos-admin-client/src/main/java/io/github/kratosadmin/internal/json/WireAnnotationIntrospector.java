package io.github.kratosadmin.internal.json;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Writes to Kratos what records say that nobody writes: their secrets, which are marked
 * as {@linkplain Access#WRITE_ONLY write-only}, and what they have read without knowing
 * it. So an application that writes a record with a mapper of its own shows neither.
 */
class WireAnnotationIntrospector extends JacksonAnnotationIntrospector {

	@Override
	public @Nullable Access findPropertyAccess(MapperConfig<?> config, Annotated annotated) {
		Access access = super.findPropertyAccess(config, annotated);
		return (access != Access.WRITE_ONLY) ? access : null;
	}

	/**
	 * A component of a record that takes what is not known also gives it.
	 */
	@Override
	public @Nullable Boolean hasAnyGetter(MapperConfig<?> config, Annotated annotated) {
		boolean component = annotated instanceof AnnotatedMethod && annotated.hasAnnotation(JsonAnySetter.class);
		return component ? Boolean.TRUE : super.hasAnyGetter(config, annotated);
	}

}
