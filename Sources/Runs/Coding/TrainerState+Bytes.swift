import Foundation
import Networks
import Training

extension TrainerState {
    /// The whole state, bit for bit, in a compact form with a version and a checksum.
    package var bytes: Data {
        let floats = (network.moments + [network.weights, network.averages, bestWeights ?? []])
            .joined().reduce(0) { $0 + $1.values.count }
        var writer = ByteWriter(reserving: 4 * floats + (1 << 15))
        network.write(to: &writer)
        writer.write(epoch)
        writer.write(batch)
        running.write(to: &writer)
        writer.write(baseRate)
        writer.write(lastRate)
        writer.write(dropout) { $0.write($1) }
        writer.write(l2)
        callbacks.write(to: &writer)
        writer.write(stopsEarly)
        writer.write(bestWeights != nil)
        if let bestWeights { writer.write(bestWeights) { $1.write(to: &$0) } }
        history.write(to: &writer)
        writer.write(l1)
        writer.write(epochs)
        writer.write(madeChanges)
        history.samples.write(to: &writer)
        return writer.sealed(.checkpoint)
    }

    /// Decodes what `bytes` gave; nothing of damaged bytes is used.
    package init(bytes: Data) throws(BlobError) {
        var reader = try ByteReader(bytes, .checkpoint)
        var state = TrainerState(
            network: try NetworkState(&reader), epoch: try reader.whole(), batch: try reader.whole(),
            running: try Trainer.RunningMeans(&reader), baseRate: try reader.double(), lastRate: try reader.double(),
            dropout: try reader.list { (reader) throws(BlobError) in try reader.double() }, l2: try reader.double(),
            callbacks: try RunCallbacks(&reader), stopsEarly: try reader.flag(),
            bestWeights: try reader.flag() ? try reader.tensors() : nil, history: try BatchHistory(&reader),
            l1: reader.version > 1 ? try reader.optionalDouble() : nil,
            epochs: reader.version > 2 ? try reader.optionalWhole() : nil,
            madeChanges: reader.version > 2 ? try reader.optionalWhole() : nil)
        if reader.version > 3 { state.history.take(try BatchSamples(&reader)) }
        try reader.finish()
        self = state
    }
}

extension NetworkState {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.write(weights) { $1.write(to: &$0) }
        writer.write(moments) { writer, tensors in writer.write(tensors) { $1.write(to: &$0) } }
        writer.write(averages) { $1.write(to: &$0) }
        writer.write(step)
        writer.write(momentumProduct)
    }

    fileprivate init(_ reader: inout ByteReader) throws(BlobError) {
        self.init(
            weights: try reader.tensors(),
            moments: try reader.list { (reader) throws(BlobError) in try reader.tensors() },
            averages: try reader.tensors(), step: try reader.whole(), momentumProduct: try reader.double())
    }
}

extension Trainer.RunningMeans {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.write(rows)
        writer.write(seconds)
        writer.write(lossSum)
        writer.write(right)
    }

    fileprivate init(_ reader: inout ByteReader) throws(BlobError) {
        self.init()
        rows = try reader.whole()
        seconds = try reader.double()
        lossSum = try reader.double()
        right = try reader.whole()
    }
}

extension RunCallbacks {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.write(stopping.best)
        writer.write(stopping.bestEpoch)
        writer.write(stopping.wait)
        writer.write(plateau.best)
        writer.write(plateau.wait)
        writer.write(plateau.cooldown)
    }

    fileprivate init(_ reader: inout ByteReader) throws(BlobError) {
        self.init()
        stopping.best = try reader.optionalDouble()
        stopping.bestEpoch = try reader.whole()
        stopping.wait = try reader.whole()
        plateau.best = try reader.optionalDouble()
        plateau.wait = try reader.whole()
        plateau.cooldown = try reader.whole()
    }
}

extension BatchHistory {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.write(capacity)
        writer.write(stride)
        writer.write(batches)
        writer.write(buckets) { writer, bucket in
            writer.write(bucket.count)
            for extent in [bucket.loss, bucket.accuracy] {
                writer.write(extent.low)
                writer.write(extent.high)
                writer.write(extent.sum)
            }
        }
    }

    fileprivate init(_ reader: inout ByteReader) throws(BlobError) {
        let (capacity, stride, batches) = (try reader.whole(), try reader.whole(), try reader.whole())
        let buckets = try reader.list { (reader) throws(BlobError) in
            var bucket = Bucket()
            bucket.count = try reader.whole()
            bucket.loss = try Extent(&reader)
            bucket.accuracy = try Extent(&reader)
            return bucket
        }
        guard capacity >= 2, capacity.isMultiple(of: 2), buckets.count <= capacity, stride > 0, batches >= 0 else {
            throw .value("an impossible history of batches")
        }
        self.init(buckets: buckets, stride: stride, batches: batches, capacity: capacity)
    }
}

extension BatchSamples {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.write(start)
        writer.write(stride)
        writer.write(losses)
        writer.write(accuracies)
    }

    fileprivate init(_ reader: inout ByteReader) throws(BlobError) {
        let samples = BatchSamples(
            start: try reader.whole(), stride: try reader.whole(), losses: try reader.floats(),
            accuracies: try reader.floats())
        guard let samples else { throw .value("impossible samples of batches") }
        self = samples
    }
}

extension BatchHistory.Extent {
    fileprivate init(_ reader: inout ByteReader) throws(BlobError) {
        self.init()
        low = try reader.float()
        high = try reader.float()
        sum = try reader.float()
    }
}
