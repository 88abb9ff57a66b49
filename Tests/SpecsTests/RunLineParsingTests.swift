import Specs
import Testing

/// The language of run lines.
struct RunLineParsingTests {
    private static let line = """
        784-64relu+drop0.2-10 adam lr=1e-3 batch=32 epochs=40 seed=1 @0 l2=1e-4 @12+844 lr=3e-3 drop1=0.5 \
        @40 epochs=61 @52+100 stop
        """

    @Test("A line reads back to what it was printed from")
    func roundTrip() throws {
        let line = try RunLine(parsing: Self.line)
        #expect("\(line)" == Self.line)
        #expect(
            line.changes == [
                LiveChange(.l2(1e-4), at: RunPlace(epoch: 0)),
                LiveChange(.learningRate(3e-3), at: RunPlace(epoch: 12, batch: 844)),
                LiveChange(.dropout(0.5, layer: 0), at: RunPlace(epoch: 12, batch: 844)),
                LiveChange(.epochs(61), at: RunPlace(epoch: 40)),
                LiveChange(.stop, at: RunPlace(epoch: 52, batch: 100)),
            ])
        #expect(try RunLine(parsing: "\(line)") == line)
        let spec = line.changedSpec
        #expect(
            spec.training.epochs == 61 && spec.training.learningRate == 3e-3 && spec.network.hidden[0].dropout == 0.5)
    }

    @Test("Without changes a line is a spec")
    func plain() throws {
        let line = try RunLine(parsing: "200tanh epochs=3")
        #expect(line.changes.isEmpty && "\(line)" == "\(line.spec)" && line.origin == nil)
    }

    @Test("A comment tells where the line comes from, and what differs here is named")
    func origin() throws {
        let there = LineOrigin(
            dataset: "my set", digest: "0123456789abcdef0123", kernels: "x86-64-v4", blas: "Zen", program: "9.9")
        let line = RunLine(spec: .standard, changes: [LiveChange(.l1(1e-3), at: RunPlace(epoch: 1))], origin: there)
        #expect(
            line.withOrigin
                == "\(line) # data=my_set sha256=0123456789abcdef kernels=x86-64-v4 blas=Zen program=9.9")
        let read = try RunLine(parsing: line.withOrigin)
        #expect(read.changes == line.changes && read.spec == line.spec)
        let here = LineOrigin(
            dataset: "other", digest: "0123456789abcdefffff", kernels: "x86-64-v3", blas: "Zen", program: nil)
        #expect(read.origin?.differences(from: here) == ["kernels x86-64-v4 there, x86-64-v3 here"])
        #expect(read.origin?.differences(from: there) == [])
        #expect(try RunLine(parsing: "8tanh # whatever follows @3 nonsense").changes.isEmpty)
    }

    @Test(
        "Nonsense is refused with its place",
        arguments: [
            ("8tanh @", "@: not a place; expected @EPOCHS or @EPOCHS+BATCHES that are done, such as @12+844"),
            ("8tanh @1+", "@1+: not a place; expected @EPOCHS or @EPOCHS+BATCHES that are done, such as @12+844"),
            ("8tanh @-1 stop", "@-1: not a place; expected @EPOCHS or @EPOCHS+BATCHES that are done, such as @12+844"),
            ("8tanh @1", "@1: a place without a change; expected lr=, drop1=, l1=, l2=, epochs= or stop behind it"),
            (
                "8tanh @1 @2 stop",
                "@1: a place without a change; expected lr=, drop1=, l1=, l2=, epochs= or stop behind it"
            ),
            ("8tanh @2 lr=1 @1 lr=2", "@1: not behind @2; expected places in the order of the training"),
            ("8tanh @2 lr=1 @2 lr=2", "@2: not behind @2; expected places in the order of the training"),
            (
                "8tanh epochs=3 @4 lr=1",
                "@4: behind the run's end after 3 epochs; expected a place up to @3, or epochs= before it"
            ),
            (
                "8tanh epochs=3 @3+1 lr=1",
                "@3+1: behind the run's end after 3 epochs; expected a place up to @3, or epochs= before it"
            ),
            ("8tanh @2 stop lr=1", "lr=1: something behind a stop; expected stop as the last word"),
            ("8tanh @2+3 epochs=2", "@2+3 epochs=2: fewer epochs than are done there; expected 3 or more"),
            ("8tanh @2 lr=0", "@2 lr=0: out of range; expected a learning rate above 0 and at most 1000"),
            ("8tanh @2 drop2=0.1", "@2 drop2=0.1: no such hidden layer; expected drop1="),
            (
                "none @2 drop1=0.1",
                "@2 drop1=0.1: dropout without a hidden layer; expected lr=, l1=, l2=, epochs= or stop"
            ),
            ("8tanh-8tanh @2 drop3=0.1", "@2 drop3=0.1: no such hidden layer; expected drop1= to drop2="),
            (
                "8tanh @2 batch=3",
                "@2 batch=3: nothing that a run under way can change; expected lr=, drop1=, l1=, l2=, epochs= or stop"
            ),
            (
                "8tanh @2 sgd",
                "@2 sgd: nothing that a run under way can change; expected lr=, drop1=, l1=, l2=, epochs= or stop"
            ),
        ])
    func refusals(line: String, message: String) {
        #expect { try RunLine(parsing: line) } throws: { "\($0)" == message }
    }

    @Test("What a composer can set of a run under way is told apart from what waits")
    func differences() throws {
        let old = try ExperimentSpec(parsing: "8tanh-6relu lr=0.1 epochs=5")
        let new = try ExperimentSpec(parsing: "8tanh+drop0.1-6relu sgd lr=0.2 epochs=6 l2=0.01 batch=7")
        #expect(
            new.liveDifferences(from: old) == [.learningRate(0.2), .l2(0.01), .dropout(0.1, layer: 0), .epochs(6)])
        #expect(old.liveDifferences(from: old).isEmpty)
        let other = try ExperimentSpec(parsing: "9tanh+drop0.1-6relu lr=0.1 epochs=5")
        #expect(other.liveDifferences(from: old).isEmpty)
    }
}
