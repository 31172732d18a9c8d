package io.github.kratosadmin.internal.json;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Includes write-only properties, such as secrets, and unknown fields in the JSON sent to
 * Kratos. Any other mapper leaves them out, so an application that writes a record as
 * JSON shows neither.
 */
class WireAnnotationIntrospector extends JacksonAnnotationIntrospector {

	@Override
	public @Nullable Access findPropertyAccess(MapperConfig<?> config, Annotated annotated) {
		Access access = super.findPropertyAccess(config, annotated);
		return (access != Access.WRITE_ONLY) ? access : null;
	}

	/**
	 * A component of a record that collects unknown fields also writes them.
	 */
	@Override
	public @Nullable Boolean hasAnyGetter(MapperConfig<?> config, Annotated annotated) {
		boolean component = annotated instanceof AnnotatedMethod && annotated.hasAnnotation(JsonAnySetter.class);
		return component ? Boolean.TRUE : super.hasAnyGetter(config, annotated);
	}

}
