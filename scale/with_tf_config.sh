#!/bin/sh
# Under SLURM, one task a machine: tell TensorFlow who the workers are, then run the given command.
#   srun sh scale/with_tf_config.sh python scale/tensorflow_workers.py
workers=$(scontrol show hostnames "$SLURM_STEP_NODELIST" | sed 's/.*/"&:2222"/' | paste -sd, -)
task="{\"type\": \"worker\", \"index\": $SLURM_PROCID}"
export TF_CONFIG="{\"cluster\": {\"worker\": [$workers]}, \"task\": $task}"
exec "$@"
