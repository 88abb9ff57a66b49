import Foundation
import Training

extension Evaluation {
    /// All of it, bit for bit, with a version and a checksum.
    package var bytes: Data {
        var writer = ByteWriter(reserving: 5 * labels.count + 4 * probabilities.count + 1024)
        writer.write(source == .test)
        writer.write(firstRow)
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
        try reader.finish()
        guard (1...256).contains(classes), probabilities.count == labels.count * classes,
            losses.count == labels.count, labels.allSatisfy({ $0 < classes })
        else { throw .value("rows that don't go together") }
        guard min(firstRow, epoch, batch) >= 0 else { throw .value("a negative number") }
        // A network that has diverged gives none; what rounding adds to 1 is far less.
        guard probabilities.allSatisfy({ !$0.isFinite || (-0.01...1.01).contains($0) }) else {
            throw .value("probabilities beyond 0 to 1")
        }
        self.init(
            source: source, firstRow: firstRow, classes: classes, epoch: epoch, batch: batch, weights: weights,
            labels: labels, probabilities: probabilities, losses: losses, regularization: regularization)
    }
}
