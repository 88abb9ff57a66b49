/// Numbers in single precision.
package struct SingleNumbers: Sendable {
    /// One for each number, in order.
    package let values: [Float]
    /// The greatest difference between a number and its value; 0 where all are exact.
    package let greatestChange: Double
    /// The first number that is NaN, infinite, or beyond single precision: its index, and itself.
    package let unusable: (index: Int, number: Double)?
}

extension RawNumbers {
    /// Each number as the nearest single-precision one.
    package func singles() -> SingleNumbers {
        var (greatest, unusable) = (0.0, nil as (index: Int, number: Double)?)
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            visit(every: 1) { index, number in
                let value = Float(number)
                buffer[index] = value
                if !value.isFinite {
                    if unusable == nil { unusable = (index, number) }
                } else {
                    greatest = max(greatest, abs(Double(value) - number))
                }
            }
            filled = count
        }
        return SingleNumbers(values: values, greatestChange: greatest, unusable: unusable)
    }
}
