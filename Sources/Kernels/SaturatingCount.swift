/// Sums and products of sizes that stay at the greatest number instead of overflowing, as a size may come from any file
/// or spec.
extension Int {
    /// The sum; `Int.max` where it overflows.
    package func plus(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }

    /// The product of two numbers that are not negative; `Int.max` where it overflows.
    package func times(_ other: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? .max : product
    }
}
