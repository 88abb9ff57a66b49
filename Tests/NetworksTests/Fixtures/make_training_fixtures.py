#!/usr/bin/env python3
"""Writes the golden values of optimizers, schedules and callbacks with Keras 3 on TensorFlow, on the processor.

Run it with a Python that has both: KERAS_BACKEND=tensorflow python make_training_fixtures.py
Names behind it make those files alone: optimizers, schedules, callbacks.
Cases are named by lines of the spec language, which the tests parse.
"""
import contextlib
import math
import sys

from make_fixtures import data, floats, keras, np, tf, write

K = keras.optimizers
OPTIMIZERS = [
    ("sgd lr=0.01", lambda: K.SGD(0.01)),
    ("sgd lr=0.01 momentum=0.9", lambda: K.SGD(0.01, momentum=0.9)),
    ("sgd lr=0.01 momentum=0.9 nesterov=true", lambda: K.SGD(0.01, momentum=0.9, nesterov=True)),
    ("sgd lr=0.1 wd=0.05", lambda: K.SGD(0.1, weight_decay=0.05)),
    ("sgd lr=0.1 momentum=0.5 wd=0.05", lambda: K.SGD(0.1, momentum=0.5, weight_decay=0.05)),
    ("rmsprop", lambda: K.RMSprop(0.001)),
    ("rmsprop lr=0.002 rho=0.7 epsilon=1e-5", lambda: K.RMSprop(0.002, rho=0.7, epsilon=1e-5)),
    ("rmsprop centered=true", lambda: K.RMSprop(0.001, centered=True)),
    ("rmsprop momentum=0.8", lambda: K.RMSprop(0.001, momentum=0.8)),
    ("rmsprop momentum=0.8 centered=true wd=0.1",
     lambda: K.RMSprop(0.001, momentum=0.8, centered=True, weight_decay=0.1)),
    ("adam", lambda: K.Adam(0.001)),
    ("adam lr=0.003 beta1=0.8 beta2=0.95 epsilon=1e-4", lambda: K.Adam(0.003, 0.8, 0.95, 1e-4)),
    ("adam amsgrad=true", lambda: K.Adam(0.001, amsgrad=True)),
    ("adam lr=0.01 beta2=0.5 amsgrad=true wd=0.02", lambda: K.Adam(0.01, beta_2=0.5, amsgrad=True, weight_decay=0.02)),
    ("adam wd=0.1", lambda: K.Adam(0.001, weight_decay=0.1)),
    ("adamw", lambda: K.AdamW(0.001)),
    ("adamw lr=0.01 wd=0.1", lambda: K.AdamW(0.01, weight_decay=0.1)),
    ("adamw lr=0.01 beta2=0.5 amsgrad=true", lambda: K.AdamW(0.01, beta_2=0.5, amsgrad=True)),
    ("adamax", lambda: K.Adamax(0.001)),
    ("adamax lr=0.01 beta1=0.7 beta2=0.9 epsilon=1e-3 wd=0.1", lambda: K.Adamax(0.01, 0.7, 0.9, 1e-3, weight_decay=0.1)),
    ("nadam", lambda: K.Nadam(0.001)),
    ("nadam lr=0.01 beta1=0.7 beta2=0.9 epsilon=1e-3 wd=0.1", lambda: K.Nadam(0.01, 0.7, 0.9, 1e-3, weight_decay=0.1)),
    ("adagrad lr=0.01", lambda: K.Adagrad(0.01)),
    ("adagrad lr=0.05 accumulator=0 epsilon=1e-3 wd=0.1", lambda: K.Adagrad(0.05, 0.0, 1e-3, weight_decay=0.1)),
    ("adadelta lr=0.1", lambda: K.Adadelta(0.1)),
    ("adadelta lr=1 rho=0.8 epsilon=1e-4 wd=0.01", lambda: K.Adadelta(1.0, 0.8, 1e-4, weight_decay=0.01)),
    ("ftrl", lambda: K.Ftrl(0.001)),
    ("ftrl lr=0.1 accumulator=0.5 wd=0.1", lambda: K.Ftrl(0.1, initial_accumulator_value=0.5, weight_decay=0.1)),
    ("ftrl lr=0.1 power=-0.7", lambda: K.Ftrl(0.1, learning_rate_power=-0.7)),
    ("lion", lambda: K.Lion(0.001)),
    ("lion lr=1e-3 beta1=0.7 beta2=0.8 wd=0.1", lambda: K.Lion(0.001, 0.7, 0.8, weight_decay=0.1)),
    ("lamb", lambda: K.Lamb(0.001)),
    ("lamb lr=0.01 beta1=0.7 beta2=0.9 epsilon=1e-3 wd=0.1", lambda: K.Lamb(0.01, 0.7, 0.9, 1e-3, weight_decay=0.1)),
    ("muon", lambda: K.Muon(0.001)),
    ("muon lr=0.01 momentum=0.8 nesterov=false", lambda: K.Muon(0.01, momentum=0.8, nesterov=False)),
    ("muon lr=0.01 beta1=0.7 beta2=0.9 epsilon=1e-3 wd=0.1",
     lambda: K.Muon(0.01, 0.7, 0.9, epsilon=1e-3, weight_decay=0.1)),
    ("adafactor", lambda: K.Adafactor(0.001)),
    ("adafactor lr=1", lambda: K.Adafactor(1.0)),
    ("adafactor lr=0.3 beta2decay=-0.5 epsilon1=1e-4 epsilon2=0.5 clipthreshold=0.7 wd=0.01",
     lambda: K.Adafactor(0.3, -0.5, 1e-4, 0.5, 0.7, weight_decay=0.01)),
    ("adafactor lr=0.1 clipnorm=0.1", lambda: K.Adafactor(0.1, clipnorm=0.1)),
    ("adafactor lr=0.1 maxnorm=0.9 ema=0.9", lambda: K.Adafactor(0.1, use_ema=True, ema_momentum=0.9)),
    ("schedule_free_adamw", lambda: K.ScheduleFreeAdamW(0.0025)),
    ("schedule_free_adamw lr=0.03 beta1=0.7 beta2=0.9 epsilon=1e-3 warmupsteps=30 wd=0.1",
     lambda: K.ScheduleFreeAdamW(0.03, 0.7, 0.9, 1e-3, 30, weight_decay=0.1)),
    ("schedule_free_adamw lr=0.01 clipvalue=0.02 maxnorm=0.9", lambda: K.ScheduleFreeAdamW(0.01, clipvalue=0.02)),
    ("schedule_free_adamw lr=0.01 globalclipnorm=0.2", lambda: K.ScheduleFreeAdamW(0.01, global_clipnorm=0.2)),
    ("schedule_free_adamw lr=0.01 ema=0.9", lambda: K.ScheduleFreeAdamW(0.01, use_ema=True, ema_momentum=0.9)),
    ("sgd lr=0.1 clipnorm=0.1", lambda: K.SGD(0.1, clipnorm=0.1)),
    ("sgd lr=0.1 globalclipnorm=0.2", lambda: K.SGD(0.1, global_clipnorm=0.2)),
    ("sgd lr=0.1 clipvalue=0.02", lambda: K.SGD(0.1, clipvalue=0.02)),
    ("adam clipnorm=0.1 wd=0.1", lambda: K.Adam(0.001, clipnorm=0.1, weight_decay=0.1)),
    ("rmsprop momentum=0.8 globalclipnorm=0.2", lambda: K.RMSprop(0.001, momentum=0.8, global_clipnorm=0.2)),
    ("lamb clipvalue=0.02", lambda: K.Lamb(0.001, clipvalue=0.02)),
    ("muon globalclipnorm=0.2", lambda: K.Muon(0.001, global_clipnorm=0.2)),
    ("sgd lr=0.1 ema=0.9", lambda: K.SGD(0.1, use_ema=True, ema_momentum=0.9)),
    ("adam ema=0.99 emaevery=7 clipnorm=0.1",
     lambda: K.Adam(0.001, use_ema=True, ema_momentum=0.99, ema_overwrite_frequency=7, clipnorm=0.1)),
    ("adamw ema=0.8 emaevery=3 maxnorm=0.9",
     lambda: K.AdamW(0.001, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=3)),
    ("sgd lr=0.1 maxnorm=0.9", lambda: K.SGD(0.1)),
    ("lamb maxnorm=0.9 ema=0.9", lambda: K.Lamb(0.001, use_ema=True, ema_momentum=0.9)),
]


@contextlib.contextmanager
def copied_values():
    """What an optimizer's own rule reads of a variable is a copy. ScheduleFreeAdamW takes note of its momentum before it
    changes it; on TensorFlow Keras 3.15 notes the variable itself, and so reads the new momentum. Later versions copy."""
    read = keras.Variable.value

    def value(variable):
        return tf.identity(read.fget(variable)) if sys._getframe(1).f_code.co_name == "update_step" else read.fget(variable)

    keras.Variable.value = property(value)
    try:
        yield
    finally:
        keras.Variable.value = read


def averaged(optimizer, variables):
    """What ScheduleFreeAdamW's swap_to_eval, which Keras 3.15 lacks, makes of the weights that are trained."""
    for variable, momentum in zip(variables, optimizer._momentums):
        variable.assign((variable - (1 - optimizer.beta_1) * momentum) / optimizer.beta_1)


def network(widths, line):
    bounds = [float(word[8:]) for word in line.split() if word.startswith("maxnorm=")]
    constraint = (lambda: keras.constraints.MaxNorm(bounds[0])) if bounds else (lambda: None)
    return keras.Sequential(
        [keras.layers.Input((widths[0],))]
        + [keras.layers.Dense(u, activation="tanh", kernel_constraint=constraint()) for u in widths[1:-1]]
        + [keras.layers.Dense(widths[-1], kernel_constraint=constraint())])


def optimizers():
    rng = np.random.default_rng(11)
    # A wide kernel and a tall one.
    widths, rows = [6, 9, 3], 10
    start = [rng.normal(0, 0.5, w.shape).astype("float32") for w in network(widths, "").get_weights()]
    pixels, labels = data(rng, rows, widths[0], widths[-1])
    x = tf.constant(pixels.astype("float32") / 255)
    cases = {}
    for line, make in OPTIMIZERS:
        model = network(widths, line)
        model.set_weights(start)
        optimizer = make()
        optimizer.build(model.trainable_variables)
        after = {}
        for step in range(1, 101):
            # Half of the rows each, in turn.
            half = slice(0, rows // 2) if step % 2 else slice(rows // 2, rows)
            with tf.GradientTape() as tape:
                losses = keras.ops.sparse_categorical_crossentropy(labels[half], model(x[half]), from_logits=True)
                loss = keras.ops.mean(losses)
            gradients = tape.gradient(loss, model.trainable_variables)
            with copied_values():
                optimizer.apply(gradients)
            if step in (1, 2, 10, 100):
                after[str(step)] = [floats(w) for w in model.get_weights()]
        if optimizer.use_ema:
            optimizer.finalize_variable_values(model.trainable_variables)
            after["average"] = [floats(w) for w in model.get_weights()]
        elif isinstance(optimizer, K.ScheduleFreeAdamW):
            averaged(optimizer, model.trainable_variables)
            after["average"] = [floats(w) for w in model.get_weights()]
        cases[line] = after
    write("optimizers.json", {"widths": widths, "pixels": pixels.reshape(-1).tolist(), "labels": labels.tolist(),
                              "start": [floats(w) for w in start], "cases": cases})


def one_cycle(peak, total, rise, start_divisor, end_divisor):
    """The rates of torch.optim.lr_scheduler.OneCycleLR with anneal_strategy="cos" and two phases."""
    first, last = peak / start_divisor, peak / start_divisor / end_divisor
    turn = rise * total - 1

    def anneal(start, end, share):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * share))

    def rate(step):
        step = min(step, total - 1)
        if step <= turn:
            return anneal(first, peak, step / turn)
        return anneal(peak, last, (step - turn) / (total - 1 - turn))
    return rate


def warm(rate, steps, schedule):
    """What CosineDecay does with warmup_target, for any schedule."""
    return lambda step: rate * step / steps if step < steps else float(schedule(step - steps))


S = K.schedules
# Of runs of 30 epochs with 10 steps each.
SCHEDULES = [
    ("lr=0.01", lambda step: 0.01),
    ("lr=0.01 warmup=2.5", warm(0.01, 25, lambda step: 0.01)),
    ("schedule=exponential lr=0.01", S.ExponentialDecay(0.01, 10, 0.9)),
    ("schedule=exponential lr=0.01 decaysteps=40 decayrate=0.5 staircase=true",
     S.ExponentialDecay(0.01, 40, 0.5, staircase=True)),
    ("schedule=exponential lr=0.01 decaysteps=40 decayrate=0.5 warmup=1",
     warm(0.01, 10, S.ExponentialDecay(0.01, 40, 0.5))),
    ("schedule=piecewise boundaries=50,120,121 rates=0.01,0.005,0.002,1e-4",
     S.PiecewiseConstantDecay([50, 120, 121], [0.01, 0.005, 0.002, 1e-4])),
    ("schedule=polynomial lr=0.01", S.PolynomialDecay(0.01, 300)),
    ("schedule=polynomial lr=0.01 decaysteps=70 lrend=0.001 lrpower=2",
     S.PolynomialDecay(0.01, 70, 0.001, power=2.0)),
    ("schedule=polynomial lr=0.01 decaysteps=70 lrpower=0.5 cycle=true",
     S.PolynomialDecay(0.01, 70, power=0.5, cycle=True)),
    ("schedule=polynomial lr=0.01 warmup=3", warm(0.01, 30, S.PolynomialDecay(0.01, 270))),
    ("schedule=inverse_time lr=0.01", S.InverseTimeDecay(0.01, 10, 0.9)),
    ("schedule=inverse_time lr=0.01 decaysteps=30 decayrate=0.5 staircase=true",
     S.InverseTimeDecay(0.01, 30, 0.5, staircase=True)),
    ("schedule=cosine lr=0.01", S.CosineDecay(0.01, 300)),
    ("schedule=cosine lr=0.01 decaysteps=200 alpha=0.1", S.CosineDecay(0.01, 200, 0.1)),
    ("schedule=cosine lr=0.01 warmup=5", S.CosineDecay(0.0, 250, warmup_target=0.01, warmup_steps=50)),
    ("schedule=cosine_restarts lr=0.01", S.CosineDecayRestarts(0.01, 10)),
    ("schedule=cosine_restarts lr=0.01 decaysteps=40 tmul=1 mmul=0.8 alpha=0.05",
     S.CosineDecayRestarts(0.01, 40, t_mul=1.0, m_mul=0.8, alpha=0.05)),
    ("schedule=cosine_restarts lr=0.01 decaysteps=30 tmul=1.5 mmul=0.9",
     S.CosineDecayRestarts(0.01, 30, t_mul=1.5, m_mul=0.9)),
    ("schedule=one_cycle lr=0.01", one_cycle(0.01, 300, 0.3, 25, 1e4)),
    ("schedule=one_cycle lr=0.01 rise=0.45 startdiv=10 enddiv=100", one_cycle(0.01, 300, 0.45, 10, 100)),
]


def schedules():
    write("schedules.json", {"stepsPerEpoch": 10, "epochs": 30, "cases": {
        line: floats([float(schedule(step)) for step in range(300)]) for line, schedule in SCHEDULES}})


def series():
    """Made-up losses: falling, flat, noisy, with ties, jumps and steps around 1e-3."""
    rng = np.random.default_rng(3)
    falling = np.exp(-np.arange(24) / 6)
    return {
        "falling": falling, "rising": 1 + np.arange(24) / 10, "flat": np.full(24, 0.7),
        "noisy": falling + rng.normal(0, 0.15, 24), "ties": np.repeat(falling[::4], 4),
        "small steps": 1 - np.arange(24) * 1e-3, "smaller steps": 1 - np.arange(24) * 9e-4,
        "below single precision": 1 - np.arange(24) * 1e-9,
        "valley": np.abs(np.arange(24) - 9) / 10 + 0.1, "wide noise": rng.normal(1, 1, 24),
    }


class Dummy:
    """What the callbacks touch of a model; its only weight is the number of epochs."""

    def __init__(self, rate):
        self.stop_training = False
        self.metrics = []
        self.weight = 0
        self.optimizer = keras.optimizers.SGD(rate)

    def get_weights(self):
        return [self.weight]

    def set_weights(self, weights):
        self.weight = weights[0]


def run(callback, values, rate=0.01):
    model = Dummy(rate)
    callback.set_model(model)
    callback.on_train_begin()
    best, rates = [], []
    for epoch, value in enumerate(values):
        model.weight = epoch + 1
        callback.on_epoch_end(epoch, {callback.monitor: float(value)})
        # From 1; 0 for a callback without one.
        best.append(getattr(callback, "best_epoch", -1) + 1)
        rates.append(float(model.optimizer.learning_rate))
        if model.stop_training:
            break
    callback.on_train_end()
    return {"epochs": len(rates), "stopped": model.stop_training, "weight": model.weight, "best": best[-1],
            "rates": rates}


def callbacks():
    stopping, plateau = [], []
    for name, values in series().items():
        for mode in ("min", "max"):
            monitor = "val_loss" if mode == "min" else "val_accuracy"
            for patience in (0, 1, 3):
                for delta in (0, 1e-3, 0.05):
                    for restore in (False, True):
                        callback = keras.callbacks.EarlyStopping(
                            monitor=monitor, mode=mode, patience=patience, min_delta=delta,
                            restore_best_weights=restore)
                        outcome = run(callback, values)
                        stopping.append({"series": name, "monitor": monitor, "patience": patience, "delta": delta,
                                         "restore": restore, "epochs": outcome["epochs"],
                                         "stopped": outcome["stopped"], "weight": outcome["weight"],
                                         "best": outcome["best"]})
                    for cooldown in (0, 2):
                        for minimum in (0, 2e-3):
                            callback = keras.callbacks.ReduceLROnPlateau(
                                monitor=monitor, mode=mode, patience=patience, min_delta=delta, factor=0.5,
                                cooldown=cooldown, min_lr=minimum)
                            rates = run(callback, values)["rates"]
                            plateau.append({"series": name, "monitor": monitor, "patience": patience, "delta": delta,
                                            "cooldown": cooldown, "minimum": minimum,
                                            # Epochs from 1 after which the rate was another one.
                                            "reduced": [i + 1 for i, (a, b) in enumerate(zip([0.01] + rates, rates))
                                                        if not math.isclose(a, b, rel_tol=1e-5)],
                                            "rate": rates[-1]})
    write("../../TrainingTests/Fixtures/callbacks.json", {
        "series": {name: [float(v) for v in values] for name, values in series().items()},
        "factor": 0.5, "rate": 0.01, "stopping": stopping, "plateau": plateau})


if __name__ == "__main__":
    for make in (optimizers, schedules, callbacks):
        if not sys.argv[1:] or make.__name__ in sys.argv[1:]:
            make()
