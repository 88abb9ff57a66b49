/// Numbers of rows of a file, in an order: rows that lie one behind the other, without a list of them, or a list.
///
/// An index is the place of a row among these rows, from 0; the element there is its number within the file, from 0.
package struct RowNumbers: RandomAccessCollection, Hashable, Sendable {
    private enum Content: Hashable, Sendable {
        case range(Range<Int>)
        /// At least one number, and not those of a range in its order.
        case list([Int32])
    }

    private let content: Content

    /// Rows that lie one behind the other.
    package init(_ range: Range<Int>) { content = .range(range) }

    /// Rows in any order. Those of a range in its order are the same value as the range.
    package init(_ numbers: [Int32]) {
        let first = numbers.first ?? 0
        let isRange = numbers.enumerated().allSatisfy { Int($0.element) == Int(first) + $0.offset }
        content = isRange ? .range(Int(first)..<(Int(first) + numbers.count)) : .list(numbers)
    }

    /// The place of the first row.
    package var startIndex: Int { 0 }

    /// The number of rows.
    package var endIndex: Int {
        switch content {
        case .range(let range): range.count
        case .list(let numbers): numbers.count
        }
    }

    package subscript(place: Int) -> Int {
        switch content {
        case .range(let range):
            precondition(place >= 0 && place < range.count, "a place among the rows")
            return range.lowerBound + place
        case .list(let numbers): return Int(numbers[place])
        }
    }

    /// The rows as one range; nil where they don't lie one behind the other.
    package var range: Range<Int>? { if case .range(let range) = content { range } else { nil } }

    /// The place of a row among these; nil where it is none of them.
    package func place(of row: Int) -> Int? {
        switch content {
        case .range(let range): range.contains(row) ? row - range.lowerBound : nil
        case .list(let numbers): Int32(exactly: row).flatMap(numbers.firstIndex)
        }
    }

    /// The first rows, at most so many.
    package func prefix(_ count: Int) -> RowNumbers {
        switch content {
        case .range(let range): RowNumbers(range.prefix(count))
        case .list(let numbers): RowNumbers(Array(numbers.prefix(count)))
        }
    }

    /// As the engine takes them.
    package var numbers: [Int32] {
        switch content {
        case .range(let range): range.map(Int32.init)
        case .list(let numbers): numbers
        }
    }

    /// What each of the rows has in a list of the file's rows.
    package func values(of all: [UInt8]) -> [UInt8] {
        switch content {
        case .range(let range): Array(all[range])
        case .list(let numbers): numbers.map { all[Int($0)] }
        }
    }
}
