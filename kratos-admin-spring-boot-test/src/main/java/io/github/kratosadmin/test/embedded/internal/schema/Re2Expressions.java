package io.github.kratosadmin.test.embedded.internal.schema;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Regular expressions as Go has them: without lookahead, among others.
 */
final class Re2Expressions implements RegularExpressionFactory {

	@Override
	public RegularExpression getRegularExpression(String regex) {
		Pattern pattern = Pattern.compile(regex);
		return (value) -> pattern.matcher(value).find();
	}

}
