import Dashboard
import DataFormats
import Datasets
import Runs
import Specs
import TestSupport
import Testing
import Training

/// A run that is opened after its data set has gone.
struct OpenedImportTests {
    @Test("The imported data set of the run's digest is taken, and it is said")
    func digest() throws {
        let folder = try TemporaryFolder()
        let dataset = Sample.data.dataset
        let (train, test) = (dataset.train, dataset.test)
        let file = try ImportedFormat.encode(
            train.shape, train: LabelledImages(pixels: train.pixels, labels: train.labels),
            test: LabelledImages(pixels: test.pixels, labels: test.labels),
            names: try ClassNameList(dataset.classNames), source: "rings", notes: [])
        try folder.write(file.bytes, as: "data/rings.npz")
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=2", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        _ = trainer.step()
        let store = try RunStore(path: folder.path("runs.sqlite"))
        let run = try store.create(
            NewRun(
                line: RunLine(spec: spec), dataset: "rings", dataSource: "/no such folder/rings", facts: trainer.facts,
                machine: .current(threads: 1)))
        var progress = UnsavedProgress()
        (progress.fingerprint, progress.checkpoint) = (file.digest, trainer.state)
        progress.standing = .init(.stopped)
        try store.record(progress, run: run)
        let (path, replies) = (folder.path("runs.sqlite"), Replies())
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) },
            imported: ImportedDatasets(folder: folder.path("data"), isStandard: true), post: replies.post)
        library.perform(.open(OpenRequest(run: run, ticket: -1, known: nil)))
        let content = try #require(replies.next { if case .opened(let content) = $0 { content } else { nil } })
        let network = try #require(content.network)
        #expect(network.data?.dataset.train.pixels == train.pixels && network.data?.dataset.name == "rings")
        #expect(try network.state.get() == trainer.state)
        let note =
            "/no such folder/rings can't be read now; the imported data set rings has the same images, and is used"
        #expect(network.note == note)
        // The second time it is known.
        library.perform(.open(OpenRequest(run: run, ticket: -2, known: nil)))
        let again = try #require(replies.next { if case .opened(let content) = $0 { content } else { nil } })
        #expect(again.network?.note == nil && again.network?.data != nil)
        library.finish()
    }
}
