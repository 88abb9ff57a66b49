import DataFormats
import Datasets
import Specs
import TestSupport
import Testing
import Training

/// Photos of digits, as a trained network reads them.
@Suite(.timeLimit(.minutes(40))) struct StrokePhotoTests {
    @Test("In photos with uneven light a small network reads nearly all digits as it reads the digits themselves")
    func photos() throws {
        let digits = try DatasetSource.mnist.load()
        let spec = try ExperimentSpec(parsing: "784-64relu-10 adam lr=2e-3 batch=64 epochs=1 val=0.01")
        let trainer = try Trainer(spec: spec, dataset: digits, threads: 2)
        while !trainer.epochIsComplete { _ = trainer.step() }
        let form = NetworkImage(shape: digits.test.shape, reading: .stroke)
        let rows = (0..<50).map { $0 * 137 }
        var (found, light): ([UInt8], [UInt8]) = ([], [])
        for row in rows {
            let photo = SyntheticPhoto.of(digits.test.grayImage(row), number: UInt64(row))
            found += try #require(form.prepared(photo), "no stroke in photo \(row)").pixels
            light += try #require(form.prepared(photo.inverted), "no light stroke in photo \(row)").pixels
        }
        let expected = trainer.evaluate(digits.test, rows: RowNumbers(rows.map(Int32.init)), source: .test)
        for pixels in [found, light] {
            let set = ImageSet(pixels: pixels, labels: rows.map { digits.test.labels[$0] }, rows: 28, columns: 28)
            let read = trainer.evaluate(set, rows: RowNumbers(0..<set.count), source: .test)
            let same = zip(read.predictions, expected.predictions).count { $0 == $1 }
            #expect(same >= 46, "\(same) of \(rows.count)")
        }
    }
}
