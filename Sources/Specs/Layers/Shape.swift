/// The size of one image between two layers: rows × columns × channels.
///
/// Every layer so far gives a vector of units, which is one row and one column of that many channels.
public struct Shape: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// Lines of a picture.
    public let rows: Int
    /// Values across in each line.
    public let columns: Int
    /// Values at each place.
    public let channels: Int

    /// A picture of those sides.
    public init(rows: Int, columns: Int, channels: Int) {
        self.rows = rows
        self.columns = columns
        self.channels = channels
    }

    /// A vector.
    public init(units: Int) { self.init(rows: 1, columns: 1, channels: units) }

    /// Values in all; the greatest number where that is more.
    public var count: Int {
        [rows, columns, channels].reduce(1) { product, side in
            let (more, overflows) = product.multipliedReportingOverflow(by: side)
            return overflows ? .max : more
        }
    }

    /// `200` for a vector, else `28 × 28 × 1`.
    public var description: String {
        rows == 1 && columns == 1 ? "\(channels)" : "\(rows) × \(columns) × \(channels)"
    }
}
