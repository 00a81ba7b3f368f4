"""The paper's single-function program, written anew: biased matrix factorization in PyTorch, full-batch gradient descent on the
mean squared error, learning rate 0.01, momentum 0.9, ratings read with the csv module. Prints one line of JSON."""
import argparse
import csv
import json
import resource
import statistics
import time

started = time.perf_counter()

import numpy as np
import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--ratings", required=True, help="user::item::rating::timestamp lines")
parser.add_argument("--factors", type=int, default=3)
parser.add_argument("--epochs", type=int, default=100)
parser.add_argument("--threads", type=int, default=1)
arguments = parser.parse_args()
torch.set_num_threads(arguments.threads)
torch.manual_seed(42)

with open(arguments.ratings, newline="") as file:
    rows = list(csv.reader(file, delimiter=":"))
user_index, item_index = {}, {}
users = torch.from_numpy(np.fromiter((user_index.setdefault(row[0], len(user_index)) for row in rows), np.int64, len(rows)))
items = torch.from_numpy(np.fromiter((item_index.setdefault(row[2], len(item_index)) for row in rows), np.int64, len(rows)))
ratings = torch.from_numpy(np.fromiter((float(row[4]) for row in rows), np.float32, len(rows)))
del rows
read = time.perf_counter()


class MatrixFactorization(nn.Module):
    def __init__(self, users, items, factors, mean):
        super().__init__()
        self.mean = nn.Parameter(torch.tensor(mean))
        self.user_bias, self.item_bias = nn.Embedding(users, 1), nn.Embedding(items, 1)
        self.user_factors, self.item_factors = nn.Embedding(users, factors), nn.Embedding(items, factors)
        for biases in (self.user_bias, self.item_bias):
            nn.init.zeros_(biases.weight)
        for vectors in (self.user_factors, self.item_factors):
            nn.init.normal_(vectors.weight, 0, 0.1)

    def forward(self, users, items):
        product = (self.user_factors(users) * self.item_factors(items)).sum(1)
        return self.mean + self.user_bias(users).squeeze(1) + self.item_bias(items).squeeze(1) + product


model = MatrixFactorization(len(user_index), len(item_index), arguments.factors, float(ratings.mean()))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
loss_of = nn.MSELoss()
epochs = []
for _ in range(arguments.epochs):
    before = time.perf_counter()
    optimizer.zero_grad()
    loss = loss_of(model(users, items), ratings)
    loss.backward()
    optimizer.step()
    epochs.append(time.perf_counter() - before)

print(json.dumps({
    "readSeconds": read - started,
    "totalSeconds": time.perf_counter() - started,
    "epochMillisecondsBest": 1000 * min(epochs),
    "epochMillisecondsMedian": 1000 * statistics.median(epochs),
    "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "trainRmse": float(loss) ** 0.5,
    "version": torch.__version__,
}))
