import Foundation
import GRDB
import Training

/// A column has a value that no version of ours writes: the file is damaged.
struct MisplacedValue: Error {
    let column: String
    /// The row, where it is known.
    var row: String?
}

// GRDB's subscripts end the program where a value is of another type. These throw.
extension Row {
    /// A column's value.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
        do { return try decode(forColumn: column) } catch { throw MisplacedValue(column: column) }
    }

    /// A column's value; nil for NULL.
    func optional<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value? {
        do { return try decode(Value?.self, forColumn: column) } catch { throw MisplacedValue(column: column) }
    }

    /// A count; a negative number, or one beyond any possible count, is refused.
    func count(_ column: String) throws -> Int { try within(try value(column), column) }

    /// A count; nil for NULL.
    func optionalCount(_ column: String) throws -> Int? {
        try optional(column).map { try within($0, column) }
    }

    /// A duration in seconds, or a position in epochs: finite and not negative.
    func amount(_ column: String) throws -> Double {
        let amount: Double = try value(column)
        guard ColumnKind.amounts.contains(amount) else { throw MisplacedValue(column: column) }
        return amount
    }

    /// A number within bounds; nil for NULL.
    func optionalNumber(_ column: String, in bounds: ClosedRange<Double>) throws -> Double? {
        guard let number: Double = try optional(column) else { return nil }
        guard bounds.contains(number) else { throw MisplacedValue(column: column) }
        return number
    }

    /// The share of right rows among so many; nil for NULL. Earlier versions rounded it twice.
    func share(_ column: String, among rows: Int) throws -> Double? {
        try optional(column).map { Share.nearest(to: $0, among: rows) }
    }

    /// A date, which the file has in seconds since 1970.
    func date(_ column: String) throws -> Date { try moment(try value(column), column) }

    /// A date; nil for NULL.
    func optionalDate(_ column: String) throws -> Date? {
        try optional(column).map { try moment($0, column) }
    }

    private func moment(_ seconds: Double, _ column: String) throws -> Date {
        guard ColumnKind.moments.contains(seconds) else { throw MisplacedValue(column: column) }
        return Date(timeIntervalSince1970: seconds)
    }

    private func within(_ count: Int, _ column: String) throws -> Int {
        guard ColumnKind.counts.contains(count) else { throw MisplacedValue(column: column) }
        return count
    }
}
