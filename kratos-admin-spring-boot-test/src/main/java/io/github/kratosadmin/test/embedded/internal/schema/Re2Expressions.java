package io.github.kratosadmin.test.embedded.internal.schema;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Regular expressions as in Go, for example without lookahead.
 */
final class Re2Expressions implements RegularExpressionFactory {

	@Override
	public RegularExpression getRegularExpression(String regex) {
		Pattern pattern = Pattern.compile(regex);
		return (value) -> pattern.matcher(value).find();
	}

}
