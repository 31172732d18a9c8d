package io.github.kratosadmin.test.embedded.internal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keyword {@code multipleOf} as in the validator of Kratos. It divides binary numbers
 * of 64 digits: {@code 1.1} is not a multiple of {@code 0.01}.
 */
final class MultipleOfKeyword extends ValueKeyword {

	MultipleOfKeyword() {
		super("multipleOf");
	}

	@Override
	@Nullable String problem(JsonNode divisor, JsonNode value) {
		return (!value.isNumber() || isMultiple(value.decimalValue(), divisor.decimalValue())) ? null
				: value.asString() + " not multipleOf " + divisor.asString();
	}

	private static boolean isMultiple(BigDecimal value, BigDecimal divisor) {
		return value.signum() == 0 || Binary.of(value).dividedBy(Binary.of(divisor)).isInteger();
	}

	/**
	 * A positive binary number of 64 digits, as Go's {@code big.Float} is by default.
	 *
	 * @param digits its digits as an integer
	 * @param exponent the exponent of the power of two that multiplies the digits
	 */
	private record Binary(BigInteger digits, int exponent) {

		private static final int DIGITS = 64;

		static Binary of(BigDecimal number) {
			BigInteger unscaled = number.unscaledValue().abs();
			BigInteger scale = BigInteger.TEN.pow(Math.abs(number.scale()));
			return (number.scale() < 0) ? rounded(unscaled.multiply(scale), BigInteger.ONE, 0)
					: rounded(unscaled, scale, 0);
		}

		Binary dividedBy(Binary divisor) {
			return rounded(this.digits, divisor.digits, this.exponent - divisor.exponent);
		}

		boolean isInteger() {
			return this.digits.getLowestSetBit() + this.exponent >= 0;
		}

		/**
		 * A quotient, rounded half to even.
		 */
		private static Binary rounded(BigInteger dividend, BigInteger divisor, int exponent) {
			int shift = DIGITS - dividend.bitLength() + divisor.bitLength();
			if (shifted(dividend, shift).divide(shifted(divisor, -shift)).bitLength() > DIGITS) {
				shift--;
			}
			BigInteger by = shifted(divisor, -shift);
			BigInteger[] parts = shifted(dividend, shift).divideAndRemainder(by);
			int half = parts[1].shiftLeft(1).compareTo(by);
			boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
			return new Binary(up ? parts[0].add(BigInteger.ONE) : parts[0], exponent - shift);
		}

		private static BigInteger shifted(BigInteger number, int shift) {
			return number.shiftLeft(Math.max(shift, 0));
		}

	}

}
