import Datasets
import Kernels
import Networks
import Specs
import Testing
import Training

@Suite("Runs that learn from a teacher") struct TeacherTests {
    private static let digest = WeightDigest(sha256: "0123456789abcdef")

    /// Two members, so that the teacher is a mean.
    private static func teacher(_ words: String = "") throws -> Ensemble {
        try Ensemble(
            try ["9relu seed=5", "6tanh seed=6"].map { line in
                let trainer = try Trainer(
                    spec: try SmallData.spec(line + " epochs=2 lr=1e-2 \(words)"), dataset: SmallData.dataset,
                    threads: 1)
                train(trainer, epochs: 2)
                return Ensemble.Member(
                    name: line, spec: trainer.spec, tensors: trainer.network.tensors(),
                    transform: trainer.network.transform)
            })
    }

    private static func train(_ trainer: Trainer, epochs: Int) {
        while trainer.epoch < epochs {
            while !trainer.epochIsComplete { _ = trainer.step() }
            _ = trainer.finishEpoch()
        }
    }

    private static func student(
        _ words: String, hard: Double = 0.1, threads: Int, _ teacher: Ensemble
    ) throws -> Trainer {
        var spec = try SmallData.spec("12relu epochs=3 \(words)")
        (spec.training.distillation.teacher, spec.training.distillation.hard) = (digest, hard)
        let trainer = try Trainer(spec: spec, dataset: SmallData.dataset, threads: threads)
        let finder = WeightFinder(weights: { _, _ in [] }) { digest, _ in
            #expect(digest == Self.digest)
            return teacher
        }
        try trainer.begin(with: finder)
        return trainer
    }

    @Test(arguments: ["", "augment=elastic", "batch=100"])
    func `the bits do not depend on the number of threads, and a state goes on to them`(words: String) throws {
        let teacher = try Self.teacher()
        let one = try Self.student(words, threads: 1, teacher)
        Self.train(one, epochs: 3)
        for threads in [2, 3] {
            let first = try Self.student(words, threads: threads, teacher)
            Self.train(first, epochs: 1)
            _ = first.step()
            let second = try Self.student(words, threads: 1, teacher)
            try second.restore(first.state)
            Self.train(second, epochs: 3)
            #expect(second.network.tensors() == one.network.tensors())
        }
        let alone = try Trainer(
            spec: try SmallData.spec("12relu epochs=3 \(words)"), dataset: SmallData.dataset, threads: 1)
        Self.train(alone, epochs: 3)
        #expect(alone.network.tensors() != one.network.tensors())
    }

    @Test func `with hard=1 the teacher says nothing`() throws {
        let hard = try Self.student("", hard: 1, threads: 1, try Self.teacher())
        let labels = try Trainer(spec: try SmallData.spec("12relu epochs=3"), dataset: SmallData.dataset, threads: 1)
        for trainer in [labels, hard] { Self.train(trainer, epochs: 2) }
        #expect(hard.network.tensors() == labels.network.tensors())
    }

    @Test func `a teacher that is formed further than the run does the rest itself`() {
        let (plain, straight, narrow) = (
            InkForm(straightens: false, width: 12), InkForm(straightens: true, width: nil),
            InkForm(straightens: true, width: 12)
        )
        #expect(narrow.includes(straight) && narrow.includes(plain) && narrow.includes(narrow))
        #expect(!straight.includes(plain) && !plain.includes(straight) && !straight.includes(narrow))
        #expect(!narrow.includes(InkForm(straightens: true, width: 14)))
        #expect(narrow.remaining(behind: straight) == plain && narrow.remaining(behind: plain) == straight)
        #expect(narrow.remaining(behind: narrow) == nil && narrow.remaining(behind: nil) == narrow)
    }

    @Test func `a straightened run learns from teachers with a width of their own`() throws {
        let teacher = try Self.teacher("deslant=true width=16")
        var spec = try SmallData.spec("12relu deslant=true")
        spec.training.distillation.teacher = Self.digest
        let finder = WeightFinder(weights: { _, _ in [] }) { _, _ in teacher }
        try Trainer.checkTeacher(of: spec, SmallData.dataset, finder)
        spec = try SmallData.spec("12relu deslant=true width=14")
        spec.training.distillation.teacher = Self.digest
        #expect(throws: TrainingError.self) { try Trainer.checkTeacher(of: spec, SmallData.dataset, finder) }
    }

    @Test func `a teacher of another form of the ink is refused, and one that nobody can find`() throws {
        let teacher = try Self.teacher()
        var spec = try SmallData.spec("12relu deslant=true")
        spec.training.distillation.teacher = Self.digest
        let finder = WeightFinder(weights: { _, _ in [] }) { _, _ in teacher }
        #expect(throws: TrainingError.self) { try Trainer.checkTeacher(of: spec, SmallData.dataset, finder) }
        #expect(throws: TrainingError.noTeacher(Self.digest, reason: "no runs are saved here")) {
            try Trainer.checkTeacher(of: spec, SmallData.dataset, nil)
        }
    }
}
