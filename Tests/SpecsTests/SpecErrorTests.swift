import Specs
import Testing

@Suite struct SpecErrorTests {
    static let units = "UNITS[ACTIVATION][+bn][+noiseP][+dropP], such as 200tanh+drop0.2"
    static let activations =
        "one of linear, relu, relu6, leaky_relu, elu, selu, celu, gelu, gelu_tanh, silu, hard_silu, sigmoid, "
        + "hard_sigmoid, log_sigmoid, tanh, hard_tanh, tanh_shrink, soft_shrink, hard_shrink, softplus, softsign, "
        + "squareplus, mish, exponential, threshold, sparse_sigmoid, sparse_plus, softmax, log_softmax, sparsemax"
    static let presets =
        "layers such as 200tanh, none, or a preset such as exercise-2 (`trainspotter presets` lists them)"
    static let keys = "a setting such as lr, batch, epochs or l2; `trainspotter settings` lists all"
    static let optimizers =
        "sgd, rmsprop, adam, adamw, adamax, nadam, adagrad, adadelta, ftrl, lion, lamb, muon, "
        + "adafactor, schedule_free_adamw"
    static let order = "+bn, +noiseP and +dropP after the activation, each once and in this order"
    static let ends = "784-...-10 for the full chain, or the hidden layers alone"
    static let layers65 = Array(repeating: "1", count: 65).joined(separator: "-")

    @Test(
        "Bad layers are refused in one line",
        arguments: [
            ("", "\"\": no layers; expected layers such as 200tanh, none, or a preset's name"),
            ("200tahn", "200tahn: unknown activation tahn; did you mean 200tanh? expected \(activations)"),
            ("64rleu-8", "64rleu: unknown activation rleu; did you mean 64relu? expected \(activations)"),
            ("64leaky", "64leaky: unknown activation leaky; did you mean 64leaky_relu? expected \(activations)"),
            ("0tanh", "0tanh: out of range; expected 1 to 100000 units"),
            ("-5tanh", "-5tanh: an empty layer; expected \(units)"),
            ("784-200tanh--10", "784-200tanh--10: an empty layer; expected \(units)"),
            ("100001relu", "100001relu: out of range; expected 1 to 100000 units"),
            ("99999999999999999999relu", "99999999999999999999relu: out of range; expected 1 to 100000 units"),
            ("2.5tanh", "2.5tanh: not a whole number; expected 1 to 100000 units"),
            (
                "8tanh-10softmax+drop0.1",
                "10softmax+drop0.1: the output layer with something behind its softmax; "
                    + "expected 10softmax alone, or an output layer behind this one, too"
            ),
            (
                "8tanh+drop0,5",
                "8tanh+drop0,5: a comma in a number; did you mean 8tanh+drop0.5? expected a point in its place"
            ),
            ("8-tanh", "tanh: a layer without units; expected \(units)"),
            ("8relu+bm", "8relu+bm: unknown +bm; expected \(order)"),
            (
                "8relu+drop0.1+drop0.2",
                "8relu+drop0.1+drop0.2: +drop0.2 twice or out of order; expected \(order)"
            ),
            ("8relu+drop0.1+bn", "8relu+drop0.1+bn: +bn twice or out of order; expected \(order)"),
            ("8relu+noise-1", "8relu+noise: not a number; expected a deviation of the noise from 0 to 100"),
            ("8tanh:1", "8tanh:1: an argument of tanh; expected tanh without arguments"),
            ("8elu:1:2", "8elu:1:2: 2 arguments of elu; expected elu:ALPHA"),
            ("8elu:x", "8elu:x: not a number; expected an alpha from 0 to 1000"),
            ("8relu:0:1:2", "8relu:0:1:2: max_value at or below threshold; expected a max_value above the threshold"),
            ("8celu:0", "8celu:0: out of range; expected an alpha above 0"),
            (
                "8threshold:1:2:3",
                "8threshold:1:2:3: 3 arguments of threshold; expected threshold:THRESHOLD:DEFAULT_VALUE"
            ),
            (
                "8threshold:1:none",
                "8threshold:1:none: not a number; expected a default_value from 0 to 1000"
            ),
            (
                "8relu+drop0.99999999999",
                "8relu+drop0.99999999999: out of range; expected a dropout rate from 0 to below 1"
            ),
            ("8relu+drop1", "8relu+drop1: out of range; expected a dropout rate from 0 to below 1"),
            ("8relu+dropx", "8relu+dropx: not a number; expected a dropout rate from 0 to below 1"),
            (
                "784-200tanh-12",
                "784-200tanh-12: starts with the input width 784, but ends with 12; expected \(ends)"
            ),
            ("784-200tanh", "784-200tanh: starts with the input width 784, but ends with 200tanh; expected \(ends)"),
            ("400-200tanh-10", "400-200tanh-10: ends with the 10 classes, but starts with 400; expected \(ends)"),
            (
                "exercise2", "exercise2: neither layers nor a preset; did you mean exercise-2? expected \(presets)"
            ),
            ("adam lr=1", "adam: settings before the layers; did you mean 128relu adam lr=1? expected \(presets)"),
            ("lr=1", "lr=1: settings before the layers; did you mean 128relu lr=1? expected \(presets)"),
            (
                layers65, "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-…: 65 hidden layers; expected at most 64"
            ),
        ])
    func layers(line: String, message: String) {
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: line) }
        #expect(error?.description == message)
    }

    @Test(
        "Bad settings are refused in one line",
        arguments: [
            ("lr=0", "lr=0: out of range; expected a learning rate above 0 and at most 1000"),
            ("lr=-0.1", "lr=-0.1: out of range; expected a learning rate above 0 and at most 1000"),
            (
                "lr=0,001",
                "lr=0,001: not a number; did you mean lr=0.001? expected a learning rate above 0 and at most 1000"
            ),
            ("lr=nan", "lr=nan: not a number; expected a learning rate above 0 and at most 1000"),
            ("lr=inf", "lr=inf: not a number; expected a learning rate above 0 and at most 1000"),
            ("lr=1e999", "lr=1e999: out of range; expected a learning rate above 0 and at most 1000"),
            ("lr=0x1", "lr=0x1: not a number; expected a learning rate above 0 and at most 1000"),
            ("lr=", "lr=: not a number; expected a learning rate above 0 and at most 1000"),
            ("batch=0", "batch=0: out of range; expected 1 to 1000000 rows a batch"),
            ("batch=3.5", "batch=3.5: not a whole number; expected 1 to 1000000 rows a batch"),
            ("epochs=-1", "epochs=-1: out of range; expected 1 to 1000000 epochs"),
            ("val=1", "val=1: out of range; expected a share of the training rows, from 0 to below 1"),
            ("val=-0.1", "val=-0.1: out of range; expected a share of the training rows, from 0 to below 1"),
            ("seed=-1", "seed=-1: not a seed; expected a whole number from 0 to 18446744073709551615"),
            ("l2=-1", "l2=-1: out of range; expected an L2 factor from 0 to 1000"),
            ("epsilon=0", "epsilon=0: out of range; expected an epsilon from 1e-12 to 1"),
            ("beta1=1", "beta1=1: out of range; expected a decay rate from 0 to below 1"),
            ("adamw wd=2", "wd=2: out of range; expected a weight decay from 0 to 1"),
            ("sgd momentum=1", "momentum=1: out of range; expected a momentum from 0 to below 1"),
            (
                "sgd nesterov=yes",
                "nesterov=yes: unknown value yes; did you mean nesterov=true? expected one of true, false"
            ),
            (
                "scale=units",
                "scale=units: unknown input scale units; did you mean scale=unit? expected one of unit, raw, standard"
            ),
            (
                "init=glorot",
                "init=glorot: unknown initializer glorot; did you mean init=glorot_uniform? expected one of glorot_uniform, "
                    + "glorot_normal, he_uniform, he_normal, lecun_uniform, lecun_normal, orthogonal, random_normal, "
                    + "random_uniform, truncated_normal, variance_scaling, zeros"
            ),
            (
                "adm",
                "adm: unknown optimizer adm; did you mean adam? expected one of \(optimizers), or a setting KEY=VALUE"
            ),
            ("epochs 5", "epochs: a setting without a value; did you mean epochs=5? expected epochs=VALUE"),
            ("adam sgd", "sgd: a second optimizer after adam; expected one optimizer"),
            ("30relu", "30relu: layers or a preset after the first word; expected an optimizer or a setting KEY=VALUE"),
            ("momentum=0.9", "momentum=0.9: adam has no momentum; expected momentum with sgd, rmsprop or muon only"),
            (
                "lion epsilon=1e-3",
                "epsilon=1e-3: lion has no epsilon; expected epsilon with rmsprop, adam, adamw, adamax, "
                    + "nadam, adagrad, adadelta, lamb, muon or schedule_free_adamw only"
            ),
            (
                "clipvalue=1 clipnorm=2",
                "clipnorm=2: a second clipping beside clipvalue=1; "
                    + "expected one of clipnorm, globalclipnorm, clipvalue"
            ),
            (
                "warmup=20 schedule=cosine",
                "warmup=20: longer than the run of epochs=10; expected at most 10 epochs of warm-up"
            ),
            (
                "alpha=1 schedule=exponential",
                "alpha=1: schedule=exponential has no alpha; "
                    + "expected alpha with schedule=cosine or schedule=cosine_restarts only"
            ),
            (
                "plateau=3 schedule=cosine",
                "plateau=3: schedule=cosine sets the rate already; expected one of plateau and schedule"
            ),
            (
                "schedule=piecewise boundaries=5",
                "schedule=piecewise: 1 boundaries and 0 rates; expected one rate more than "
                    + "boundaries, such as boundaries=1000,2000 rates=1e-3,5e-4,1e-4"
            ),
            (
                "schedule=piecewise boundaries=5,5 rates=1,2,3",
                "boundaries=5,5: not in rising order; expected steps in rising order"
            ),
            (
                "val=0 patience=3",
                "monitor=val_loss: val=0 leaves no validation rows to watch; "
                    + "expected monitor=loss or monitor=accuracy, or val above 0"
            ),
            (
                "val=0 split=shuffled",
                "split=shuffled: val=0 holds no rows out; expected split=last, or val above 0"
            ),
            (
                "splitseed=3",
                "splitseed=3: split=last has no splitseed; expected splitseed with split=shuffled or "
                    + "split=stratified only"
            ),
            (
                "split=shuffled splitseed=4294967296",
                "splitseed=4294967296: out of range; expected 0 to 4294967295 as a seed"
            ),
            (
                "split=stratify",
                "split=stratify: unknown split stratify; did you mean split=stratified? expected one of "
                    + "last, shuffled, stratified"
            ),
            (
                "class_weight=balanced",
                "class_weight=balanced: unknown setting class_weight; did you mean classweight=balanced? expected \(keys)"
            ),
            (
                "classweight=balance",
                "classweight=balance: unknown class weight balance; did you mean classweight=balanced? expected one of "
                    + "none, balanced"
            ),
            (
                "mindelta=1",
                "mindelta=1: mindelta without patience or restore; expected mindelta with patience or restore only"
            ),
            ("factor=0.5", "factor=0.5: factor without plateau; expected factor with plateau only"),
            (
                "loss=mse smooth=0.1",
                "smooth=0.1: loss=mse has no smooth; expected smooth with "
                    + "loss=categorical_crossentropy or loss=categorical_focal_crossentropy only"
            ),
            (
                "sgd nesterov=true",
                "nesterov=true: momentum=0 leaves nothing to look ahead with; expected a momentum above 0"
            ),
            (
                "schedule_free_adamw beta1=0",
                "beta1=0: leaves nothing of the average in what schedule_free_adamw trains; expected a beta1 above 0"
            ),
            (
                "initscale=2",
                "initscale=2: init=glorot_uniform has no initscale; expected initscale with init=variance_scaling only"
            ),
            (
                "schedulefree",
                "schedulefree: unknown optimizer schedulefree; did you mean schedule_free_adamw? expected one of "
                    + "\(optimizers), or a setting KEY=VALUE"
            ),
            ("lr=1e-50", "lr=1e-50: out of range; expected a learning rate above 0 and at most 1000"),
            ("lr=0.1 seed=2 lr=0.2", "lr=0.2: lr is set twice, before as lr=0.1; expected each setting once"),
            ("epoch=5", "epoch=5: unknown setting epoch; did you mean epochs=5? expected \(keys)"),
            ("=5", "=5: a value without a setting; expected KEY=VALUE, such as lr=1e-3"),
        ])
    func settings(words: String, message: String) {
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: "200tanh " + words) }
        #expect(error?.description == message)
    }

    @Test("A spec that was not parsed is held to the same bounds")
    func validation() throws {
        func error(_ change: (inout ExperimentSpec) -> Void) -> String? {
            var spec = ExperimentSpec.standard
            change(&spec)
            do throws(SpecError) { try spec.validate() } catch { return error.description }
            return nil
        }
        #expect(error { _ in } == nil)
        #expect(error { $0.network.hidden[0].units = 0 } == "0: out of range; expected 1 to 100000 units")
        #expect(
            error { $0.training.learningRate = .nan }
                == "lr=nan: not a number; expected a learning rate above 0 and at most 1000")
        #expect(
            error {
                $0.training.optimizer = Optimizer(.sgd)
                $0.training.optimizer.momentum = 1
            }
                == "momentum=1: out of range; expected a momentum from 0 to below 1")
    }

    @Test("A single value is checked by the parser's own rule")
    func rules() throws {
        #expect(try SettingRange.units.whole("128") == 128)
        #expect(try SettingRange.learningRate.number(".5") == 0.5)
        #expect(throws: SpecError("ten", "not a whole number", expected: "1 to 100000 units")) {
            try SettingRange.units.whole("ten")
        }
        #expect(
            SpecRules.activation("gleu")
                == .failure(
                    SpecError("gleu", "unknown activation gleu", expected: Self.activations, nearest: "gelu")))
    }

    /// Squares of these lengths would take minutes, and gigabytes.
    @Test(
        "A line of any length is refused in a short message",
        arguments: [
            "x", "1", "1-", "1 ", "1 -", "+a", "8tanh ", "=", "lr=", ",", "dense(", "dense(1,a", "tanh8 ",
            "8tanh+drop0,",
            "8tanh +", "-", "é", "8tanh lr=1 ", "a=b ", "(", "1softmax",
        ])
    func long(part: String) {
        for start in ["", "8tanh ", "8tanh lr="] {
            let line = start + String(repeating: part, count: 1_000_000 / part.utf8.count)
            let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: line) }
            #expect((error?.description.count ?? .max) < 1_000)
        }
    }

    @Test("In a short line the problem comes first, then the nearest spelling, and what is expected is cut")
    func short() {
        let error = SpecError(
            "200tahn", "unknown activation tahn", expected: "one of linear, relu, tanh", nearest: "200tanh")
        let whole = error.description
        #expect(error.description(width: whole.count) == whole)
        #expect(
            error.description(width: 75)
                == "200tahn: unknown activation tahn; did you mean 200tanh? expected one of li…")
        #expect(error.description(width: 44) == "unknown activation tahn; did you mean 200ta…")
        for width in 0...100 { #expect(error.description(width: width).count <= max(width, 0)) }
        let plain = SpecError("lr=0", "out of range", expected: "a learning rate above 0 and at most 1000")
        #expect(plain.description(width: 40) == "lr=0: out of range; expected a learning…")
    }
}
