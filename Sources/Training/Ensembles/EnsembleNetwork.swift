import DataFormats
import Datasets
import Kernels
import Memory
import Networks
import Specs

/// The networks of an ensemble, ready to predict.
///
/// It belongs to one thread, whose work it shares with one pool for all networks. Bits don't depend on the number of
/// threads, nor on how rows are divided into calls by multiples of 128.
package final class EnsembleNetwork {
    /// The members with their weights.
    package let ensemble: Ensemble
    /// The size of the images.
    package let shape: ImageShape

    private let pool: WorkerPool
    private let networks: [Network]
    private let forms: [InkForm?]
    /// Rows of a block: what is computed at once.
    private let blockRows: Int
    private let formed: AlignedBuffer<UInt8>
    /// A block's images of one network in a distorted copy; made for the first of them.
    private var distorted: AlignedBuffer<UInt8>?
    private let numbers: [Int32]

    /// A block is the most rows of this number whose images take at most so many bytes, but at least one chunk.
    private static let (mostRows, chunk, mostBytes) = (1024, 128, 16 << 20)

    /// - Parameters:
    ///   - shape: of images as the data set has them; as many bytes as the members have inputs.
    ///   - threads: workers, the caller included.
    ///   - shared: the workers, where they are those of another network, too; nil for workers of its own.
    ///   - given: the form of the ink that images come in; members bring them into what is left of their own.
    /// - Throws: `EnsembleError.tooLarge`.
    package init(
        _ ensemble: Ensemble, shape: ImageShape, threads: Int, sharing shared: WorkerPool? = nil, given: InkForm? = nil
    ) throws(EnsembleError) {
        precondition(shape.bytes == ensemble.inputs, "images of the members' inputs")
        let specs = ensemble.members.map(\.spec.forInference)
        do throws(MemoryRefusal) { try ExperimentSpec.refuseTooLarge(together: specs, threads: threads) } catch {
            throw .tooLarge(error, members: specs.count)
        }
        let pool = shared ?? WorkerPool(threads: threads)
        networks = zip(ensemble.members, specs).map { member, spec in
            let network = Network(
                spec: spec, transform: member.transform, threads: threads, sharing: pool, largestBatch: 1)
            do { try network.load(member.tensors) } catch {
                preconditionFailure("an ensemble's tensors were checked: \(error)")
            }
            return network
        }
        forms = specs.map { InkForm($0.training)?.remaining(behind: given) }
        (self.ensemble, self.shape, self.pool) = (ensemble, shape, pool)
        let chunks = min(Self.mostRows, Self.mostBytes / max(1, shape.bytes)) / Self.chunk
        blockRows = max(1, chunks) * Self.chunk
        let isForming = forms.contains { $0 != nil }
        formed = AlignedBuffer(count: isForming ? blockRows * shape.bytes : 1)
        numbers = (0..<Int32(blockRows)).map { $0 }
    }

    /// The mean of the members' probabilities.
    ///
    /// - Parameters:
    ///   - batch: rows of images as the data set has them, in no form of the ink.
    ///   - probabilities: filled with (rows, classes), row-major.
    ///   - chunk: rows that a worker computes at once; on it the last bits depend.
    ///   - isCancelled: asked before each block of rows, on any worker's thread; once it is true the rest is left out.
    package func predict(
        _ batch: ImageBatch, probabilities: UnsafeMutablePointer<Float>, chunk: Int = InferenceBuffers.chunk,
        isCancelled: () -> Bool = { false }
    ) {
        predict(batch, copy: nil, probabilities: probabilities, chunk: chunk, isCancelled: isCancelled)
    }

    /// - Parameter copy: which distorted copy of each image is fed; nil for the images themselves.
    func predict(
        _ batch: ImageBatch, copy: DistortedCopy?, probabilities: UnsafeMutablePointer<Float>,
        chunk: Int = InferenceBuffers.chunk, isCancelled: () -> Bool
    ) {
        precondition(batch.width == shape.bytes, "images of the ensemble's size")
        let classes = ensemble.classes
        var own = [Float](repeating: 0, count: min(blockRows, batch.count) * classes)
        var sums = [Double](repeating: 0, count: own.count)
        for first in stride(from: 0, to: batch.count, by: blockRows) {
            guard !isCancelled() else { return }
            let block = batch.slice(first..<min(first + blockRows, batch.count))
            let count = block.count * classes
            own.withUnsafeMutableBufferPointer { own in
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let ownStart = own.baseAddress, sums.baseAddress != nil else { return }
                    let sums = UnsafeMutableBufferPointer(rebasing: sums[..<count])
                    sums.update(repeating: 0)
                    forEachMember(block, copy) { member, images, _ in
                        networks[member].predict(
                            images, labels: nil, probabilities: ownStart, losses: nil, chunk: chunk,
                            isCancelled: isCancelled)
                        ensemble.mean.add(
                            UnsafeBufferPointer(start: ownStart, count: count), weight: ensemble.weights[member],
                            to: sums)
                    }
                    ensemble.mean.finish(
                        sums, classes: classes,
                        into: UnsafeMutableBufferPointer(start: probabilities + first * classes, count: count))
                }
            }
        }
    }

    /// The mean of the members' probabilities for some images.
    ///
    /// - Returns: rows × classes, row-major.
    package func predict(_ images: ImageSet, rows: RowNumbers, isCancelled: () -> Bool = { false }) -> [Float] {
        precondition(images.shape == shape, "images of the ensemble's size")
        let classes = ensemble.classes
        var probabilities = [Float](repeating: 0, count: rows.count * classes)
        images.withBatch(rows) { batch, _ in
            probabilities.withUnsafeMutableBufferPointer { probabilities in
                guard let start = probabilities.baseAddress else { return }
                predict(batch, probabilities: start, isCancelled: isCancelled)
            }
        }
        return probabilities
    }

    /// Evaluates the mean on some images, as one network's `Trainer` does. Its losses are cross-entropies, whatever losses
    /// the members were trained with: −ln of the truth's probability, bounded as in `ScoredRows.logLoss()`.
    ///
    /// - Parameters:
    ///   - rows: those of `images` to evaluate.
    ///   - source: the set that the result names.
    package func evaluate(
        _ images: ImageSet, rows: RowNumbers, source: Evaluation.Source, isCancelled: () -> Bool = { false }
    ) -> Evaluation {
        Evaluation(
            source: source, rows: rows, classes: ensemble.classes, labels: rows.values(of: images.labels),
            mean: predict(images, rows: rows, isCancelled: isCancelled))
    }

    /// Evaluates each member by itself, with the bits and the loss that its own `Trainer` gives.
    package func evaluateMembers(
        _ images: ImageSet, rows: RowNumbers, source: Evaluation.Source, isCancelled: () -> Bool = { false }
    ) -> [Evaluation] {
        precondition(images.shape == shape, "images of the ensemble's size")
        var probabilities = networks.map { _ in [Float](repeating: 0, count: rows.count * ensemble.classes) }
        var losses = networks.map { _ in [Float](repeating: 0, count: rows.count) }
        images.withBatch(rows) { batch, labels in
            for first in stride(from: 0, to: batch.count, by: blockRows) {
                let block = batch.slice(first..<min(first + blockRows, batch.count))
                let ownLabels = (0..<block.count).map { labels[Int(block.rows[$0])] }
                ownLabels.withUnsafeBufferPointer { ownLabels in
                    forEachMember(block) { member, images, areTogether in
                        predict(
                            networks[member], images, labels: areTogether ? ownLabels.baseAddress : labels,
                            first: first, into: &probabilities[member], &losses[member], isCancelled)
                    }
                }
            }
        }
        let truth = rows.values(of: images.labels)
        return networks.indices.map { member in
            Evaluation(
                source: source, rows: rows, classes: ensemble.classes, epoch: 0, labels: truth,
                probabilities: probabilities[member], losses: losses[member],
                regularization: networks[member].regularizationLoss)
        }
    }

    private func predict(
        _ network: Network, _ images: ImageBatch, labels: UnsafePointer<UInt8>?, first: Int,
        into probabilities: inout [Float], _ losses: inout [Float], _ isCancelled: () -> Bool
    ) {
        probabilities.withUnsafeMutableBufferPointer { probabilities in
            losses.withUnsafeMutableBufferPointer { losses in
                guard let start = probabilities.baseAddress, let lossStart = losses.baseAddress else { return }
                network.predict(
                    images, labels: labels, probabilities: start + first * ensemble.classes, losses: lossStart + first,
                    isCancelled: isCancelled)
            }
        }
    }

    /// Gives each member a block's images in its form; those in a form, and distorted ones, lie one behind the other.
    private func forEachMember(
        _ block: ImageBatch, _ copy: DistortedCopy? = nil,
        _ body: (_ member: Int, ImageBatch, _ areTogether: Bool) -> Void
    ) {
        numbers.withUnsafeBufferPointer { numbers in
            guard let numbers = numbers.baseAddress else { return }
            func together(_ pixels: AlignedBuffer<UInt8>) -> ImageBatch {
                ImageBatch(pixels: pixels.pointer, width: block.width, rows: numbers, count: block.count)
            }
            var last: InkForm?
            for (member, form) in forms.enumerated() {
                if let form, form != last {
                    forEachRow(of: block, into: formed) { _, _, image, out in form.apply(to: image, shape, into: out) }
                    last = form
                }
                let images = form == nil ? block : together(formed)
                guard let copy else {
                    body(member, images, form != nil)
                    continue
                }
                let distorted = self.distorted ?? AlignedBuffer(count: blockRows * shape.bytes)
                self.distorted = distorted
                let (distortion, scratches) = copy.distortions[member]
                forEachRow(of: images, into: distorted) { worker, place, image, out in
                    var generator = copy.augmentation.generator(
                        copy: copy.number, row: Int(block.rows[place]), member: member)
                    distortion.distort(image, shape, &generator, scratches[worker], into: out)
                }
                body(member, together(distorted), true)
            }
        }
    }

    /// Lets the workers make another image of each.
    private func forEachRow(
        of images: ImageBatch, into out: AlignedBuffer<UInt8>,
        _ body: (
            _ worker: Int, _ place: Int, _ image: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>
        ) -> Void
    ) {
        pool.run { worker in
            for place in pool.share(of: images.count, worker: worker) {
                body(
                    worker, place, images.pixels + Int(images.rows[place]) * images.width,
                    out.pointer + place * images.width)
            }
        }
    }

    /// Workers, the caller included.
    var threads: Int { pool.threads }
}

extension ImageSet {
    /// Calls `body` with some of the images, and the labels of all; not without rows.
    func withBatch(_ rows: RowNumbers, _ body: (ImageBatch, UnsafePointer<UInt8>) -> Void) {
        rows.numbers.withUnsafeBufferPointer { numbers in
            pixels.withUnsafeBufferPointer { pixels in
                labels.withUnsafeBufferPointer { labels in
                    guard !numbers.isEmpty, let pixels = pixels.baseAddress, let labels = labels.baseAddress,
                        let numbers = numbers.baseAddress
                    else { return }
                    body(ImageBatch(pixels: pixels, width: imageBytes, rows: numbers, count: rows.count), labels)
                }
            }
        }
    }
}
