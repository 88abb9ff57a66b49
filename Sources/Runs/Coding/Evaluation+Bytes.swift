import Datasets
import Foundation
import Training

extension Evaluation {
    /// All of it, bit for bit, with a version and a checksum.
    package var bytes: Data {
        var writer = ByteWriter(reserving: 5 * labels.count + 4 * probabilities.count + 1024)
        writer.write(source == .test)
        writer.write(rows.first ?? 0)
        writer.write(classes)
        writer.write(epoch)
        writer.write(batch)
        writer.write(labels)
        writer.write(probabilities)
        writer.write(losses)
        writer.write(regularization)
        writer.write(weights != nil)
        if case .best(let epoch)? = weights {
            writer.write(Int?.some(epoch))
        } else if weights != nil {
            writer.write(Int?.none)
        }
        let isList = rows.range == nil
        writer.write(isList)
        if isList { writer.write(Array(rows)) { $0.write($1) } }
        return writer.sealed(.evaluation)
    }

    /// Decodes what `bytes` gave; nothing of damaged bytes is used.
    package init(bytes: Data) throws(BlobError) {
        var reader = try ByteReader(bytes, .evaluation)
        let source: Source = try reader.flag() ? .test : .validation
        let (firstRow, classes) = (try reader.whole(), try reader.whole())
        let (epoch, batch) = (try reader.whole(), try reader.whole())
        let labels = try reader.byteList()
        let (probabilities, losses) = (try reader.floats(), try reader.floats())
        let regularization = try reader.double()
        var weights: FinalWeights?
        if reader.version > 1, try reader.flag() {
            weights = try reader.optionalWhole().map { .best(epoch: $0) } ?? .average
        }
        var numbers: [Int]?
        if reader.version > 2, try reader.flag() {
            numbers = try reader.list { reader throws(BlobError) in try reader.whole() }
        }
        try reader.finish()
        guard (1...256).contains(classes), probabilities.count == labels.count * classes,
            losses.count == labels.count, labels.allSatisfy({ $0 < classes })
        else { throw .value("rows that don't go together") }
        guard min(firstRow, epoch, batch) >= 0 else { throw .value("a negative number") }
        let rows = try Self.rows(firstRow, numbers, count: labels.count)
        // A network that has diverged gives none; what rounding adds to 1 is far less.
        guard probabilities.allSatisfy({ !$0.isFinite || (-0.01...1.01).contains($0) }) else {
            throw .value("probabilities beyond 0 to 1")
        }
        self.init(
            source: source, rows: rows, classes: classes, epoch: epoch, batch: batch, weights: weights,
            labels: labels, probabilities: probabilities, losses: losses, regularization: regularization)
    }

    /// - Parameter numbers: of all rows; nil where they lie one behind the other.
    private static func rows(_ first: Int, _ numbers: [Int]?, count: Int) throws(BlobError) -> RowNumbers {
        guard let numbers else { return RowNumbers(first..<(first + count)) }
        let rows = numbers.compactMap { $0 < 0 ? nil : Int32(exactly: $0) }
        guard rows.count == count, numbers.count == count else { throw .value("rows that don't go together") }
        return RowNumbers(rows)
    }
}
